package org.heraldlb.k8swebhook.internal;

/** What is set for core and for the Kubernetes source and holds here as well; from their PIDs. */
public @interface OtherSettings {

    /** {@code org.heraldlb.core}: which rules hold between objects. */
    String checks() default "HERALD";

    /** {@code org.heraldlb.k8ssource}: Herald's namespace. */
    String namespace() default "metallb-system";

    /** {@code org.heraldlb.k8ssource}: the name of the source. */
    String id() default "kubernetes";
}
