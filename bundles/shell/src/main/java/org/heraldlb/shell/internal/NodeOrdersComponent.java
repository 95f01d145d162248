package org.heraldlb.shell.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.system.NodeControl;
import org.heraldlb.shell.NodeOrders;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@link NodeOrders} over whichever {@link NodeControl} there is. */
@Component
public final class NodeOrdersComponent implements NodeOrders {

    private final AtomicReference<NodeControl> control = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindControl(NodeControl found) {
        control.set(found);
    }

    void unbindControl(NodeControl gone) {
        control.compareAndSet(gone, null);
    }

    @Override
    public NodeControl control() {
        return Optional.ofNullable(control.get())
                .orElseThrow(() -> new IllegalStateException("core is not running; see herald:status"));
    }
}
