package org.heraldlb.manifest;

/**
 * What a reader has to know about where documents come from.
 *
 * @param source id of the source, for {@code Origin.source}
 * @param kubernetes true: documents come from an API server, which has filled in its defaults, and MetalLB's kinds are
 *     read from {@code metallbNamespace} only; false: documents are as people write them, what an API server would add
 *     (cluster addresses of a service, the host name label of a node) is added here, and a missing namespace means
 *     {@code default}
 * @param metallbNamespace where MetalLB's kinds live in Kubernetes
 */
public record ReadContext(String source, boolean kubernetes, String metallbNamespace) {

    /** For documents outside Kubernetes. */
    public static ReadContext files(String source) {
        return new ReadContext(source, false, "metallb-system");
    }
}
