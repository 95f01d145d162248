package org.heraldlb.core.internal;

import java.util.List;
import java.util.Map;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.core.NodeNaming;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Who this node is. A changed configuration makes a new service. */
@Component(configurationPid = "org.heraldlb.node")
@Designate(ocd = NodeConfig.class)
public final class NodeIdentityComponent implements NodeIdentity {

    private final NodeNaming naming;

    @Activate
    public NodeIdentityComponent(NodeConfig config) {
        naming = NodeNaming.of(config.name(), List.of(config.labels()), System::getenv);
    }

    @Override
    public String name() {
        return naming.name();
    }

    @Override
    public Map<String, String> labels() {
        return naming.labels();
    }
}
