package org.heraldlb.shell.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemView;
import org.heraldlb.shell.NodeView;
import org.heraldlb.view.Status;
import org.heraldlb.view.components.WaitingComponents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** {@link NodeView} over whichever {@link SystemView} there is. */
@Component
public final class NodeViewComponent implements NodeView {

    private final AtomicReference<SystemView> view = new AtomicReference<>();
    private final ServiceComponentRuntime components;

    @Activate
    public NodeViewComponent(@Reference ServiceComponentRuntime components) {
        this.components = components;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindView(SystemView found) {
        view.set(found);
    }

    void unbindView(SystemView gone) {
        view.compareAndSet(gone, null);
    }

    private Optional<SystemSnapshot> newest() {
        return Optional.ofNullable(view.get()).map(SystemView::current);
    }

    @Override
    public SystemSnapshot snapshot() {
        return newest().orElseThrow(() -> new IllegalStateException("core is not running; see herald:status"));
    }

    @Override
    public Status status() {
        var waiting = WaitingComponents.of(components);
        return newest().map(snapshot -> Status.of(snapshot, waiting)).orElseGet(() -> Status.withoutCore(waiting));
    }
}
