package org.heraldlb.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of the core. */
@ObjectClassDefinition(name = "Herald core", description = "What is ours, and who carries it out")
@interface CoreConfig {

    @AttributeDefinition(
            name = "Load balancer class",
            description = "Only services of exactly this loadBalancerClass are ours; empty: those without a class")
    String loadBalancerClass() default "";

    @AttributeDefinition(
            name = "Mode",
            description = "active; or shadow: everything is computed and reported, and only services that carry"
                    + " heraldlb.org/takeover: \"true\" are announced and written, beside a running MetalLB",
            options = {@Option("active"), @Option("shadow")})
    String mode() default "active";

    @AttributeDefinition(
            name = "Ignore exclude label",
            description = "Nodes labelled node.kubernetes.io/exclude-from-external-load-balancers announce too")
    boolean ignoreExcludeLabel() default false;

    @AttributeDefinition(
            name = "Checks",
            description = "Rules between objects: those of what announces by BGP",
            options = {@Option("HERALD"), @Option("NATIVE"), @Option("FRR")})
    String checks() default "HERALD";

    @AttributeDefinition(
            name = "Grace",
            description = "Seconds for which a source that is gone, or not there yet, counts as there",
            min = "0")
    int grace_seconds() default 30;

    @AttributeDefinition(
            name = "Layer-2 announcer",
            description = "Filter on the service properties of layer-2 announcers; empty: the highest ranked")
    String l2_target() default "";

    @AttributeDefinition(
            name = "BGP announcer",
            description = "Filter on the service properties of BGP announcers, such as (announcer.name=frr);"
                    + " empty: the highest ranked")
    String bgp_target() default "";

    @AttributeDefinition(
            name = "Drain: hand-over",
            description = "Seconds for which a drain waits at most for other nodes to announce the layer-2 addresses",
            min = "0")
    int drain_handOver_seconds() default 10;

    @AttributeDefinition(
            name = "Drain: graceful shutdown",
            description = "Seconds for which routes carry GRACEFUL_SHUTDOWN (RFC 8326) before they are withdrawn",
            min = "0")
    int drain_gracefulShutdown_seconds() default 15;

    @AttributeDefinition(
            name = "Drain: withdrawn",
            description =
                    "Seconds between the withdrawal of routes and the end of the sessions, and of the host's addresses",
            min = "0")
    int drain_withdraw_seconds() default 3;

    @AttributeDefinition(
            name = "Stop: hand-over",
            description = "Milliseconds for which a process that ends waits at most for other nodes to announce its"
                    + " layer-2 addresses; 0: it does not wait",
            min = "0")
    int stop_handOver_millis() default 3000;

    @AttributeDefinition(
            name = "BGP weights: percent",
            description = "Changes of a node's endpoints by fewer percent do not change the weight of its routes",
            min = "0",
            max = "100")
    int weights_percent() default 10;

    @AttributeDefinition(
            name = "BGP weights: seconds",
            description = "Seconds that a larger change has to last; the first endpoint and the last count at once",
            min = "0")
    int weights_seconds() default 5;
}
