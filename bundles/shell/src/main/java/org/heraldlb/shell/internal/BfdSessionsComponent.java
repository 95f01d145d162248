package org.heraldlb.shell.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdView;
import org.heraldlb.shell.BfdSessions;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@link BfdSessions} over whichever {@link BfdView} there is. */
@Component
public final class BfdSessionsComponent implements BfdSessions {

    private final AtomicReference<BfdView> view = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindView(BfdView found) {
        view.set(found);
    }

    void unbindView(BfdView gone) {
        view.compareAndSet(gone, null);
    }

    @Override
    public BfdSnapshot snapshot() {
        return Optional.ofNullable(view.get())
                .map(BfdView::current)
                .orElseThrow(() -> new IllegalStateException("no BFD bundle is running; install herald-bfd"));
    }
}
