package org.heraldlb.api.system;

import java.util.Map;

/** Who this node is ({@code etc/org.heraldlb.node.cfg}, environment). A change is a new service registration. */
public interface NodeIdentity {

    /** The node's name in elections, statuses, metrics; never empty. */
    String name();

    /** Labels for node selectors, used when no {@code Node} object of this name exists. */
    Map<String, String> labels();
}
