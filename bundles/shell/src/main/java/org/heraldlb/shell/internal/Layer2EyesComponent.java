package org.heraldlb.shell.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.shell.Layer2Eyes;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@link Layer2Eyes} over whichever {@link L2View} there is. */
@Component
public final class Layer2EyesComponent implements Layer2Eyes {

    private final AtomicReference<L2View> view = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindView(L2View found) {
        view.set(found);
    }

    void unbindView(L2View gone) {
        view.compareAndSet(gone, null);
    }

    @Override
    public Optional<L2View> seen() {
        return Optional.ofNullable(view.get());
    }
}
