package org.heraldlb.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who this node is. The environment wins over it. */
@ObjectClassDefinition(name = "Herald node", description = "Name and labels of this node; the environment wins")
@interface NodeConfig {

    @AttributeDefinition(
            name = "Name",
            description = "As the Node documents call this node; empty: the host name. HERALD_NODE_NAME wins")
    String name() default "";

    @AttributeDefinition(
            name = "Labels",
            description = "key=value pairs for node selectors, used when there is no Node document of this name."
                    + " HERALD_NODE_LABELS, separated by commas, wins")
    String[] labels() default {};
}
