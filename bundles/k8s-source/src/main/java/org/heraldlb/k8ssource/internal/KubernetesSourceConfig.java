package org.heraldlb.k8ssource.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the Kubernetes source, PID {@code org.heraldlb.k8ssource}. */
@ObjectClassDefinition(
        name = "Herald Kubernetes source",
        description = "Intents from a Kubernetes API server, and statuses written back to it")
public @interface KubernetesSourceConfig {

    @AttributeDefinition(description = "Path of a kubeconfig; empty means the service account of the pod")
    String kubeconfig() default "";

    @AttributeDefinition(description = "Herald's namespace: where MetalLB's kinds, secrets and the lease are")
    String namespace() default "metallb-system";

    @AttributeDefinition(description = "What this node does: both, controller (may allocate) or speaker (never does)")
    String role() default "both";

    @AttributeDefinition(description = "Services without the API server: hold, hold-for or withdraw")
    String on_control_plane_loss() default "hold";

    @AttributeDefinition(description = "How long services are held with hold-for, in seconds", min = "0")
    int hold_seconds() default 3600;

    @AttributeDefinition(
            description = "The last known state is written to disk at most this often, in seconds",
            min = "1")
    int snapshot_seconds() default 30;

    @AttributeDefinition(description = "Name of this source in origins and problems")
    String id() default "kubernetes";

    @AttributeDefinition(description = "Which source wins when two have the same object; the higher one")
    int source_precedence() default 200;
}
