package org.heraldlb.k8ssource.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a writer must know of a Service beside its meaning.
 *
 * @param uid of this object: another one of the same name has another
 * @param resourceVersion of this version of it
 * @param loadBalancer true when {@code spec.type} is {@code LoadBalancer}
 * @param ingress entries of {@code status.loadBalancer.ingress}, in order
 * @param pool annotation {@code metallb.io/ip-allocated-from-pool}
 */
public record ServiceFacts(
        String uid, String resourceVersion, boolean loadBalancer, List<Ingress> ingress, Optional<String> pool) {

    /** The annotation that tells the pool, as MetalLB writes it. */
    public static final String POOL = "metallb.io/ip-allocated-from-pool";

    /**
     * @param address {@code ip}, or {@code hostname} where there is none
     * @param mode {@code ipMode}, empty where it is not given
     */
    public record Ingress(String address, String mode) {}

    public ServiceFacts {
        ingress = List.copyOf(ingress);
    }

    /** Reads them from an object's tree. */
    static ServiceFacts of(String uid, String resourceVersion, Map<String, Object> tree) {
        List<Ingress> ingress = new ArrayList<>();
        if (child(child(tree, "status"), "loadBalancer").get("ingress") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> fields) {
                    Object address = fields.containsKey("ip") ? fields.get("ip") : fields.get("hostname");
                    Object mode = fields.get("ipMode");
                    ingress.add(new Ingress(String.valueOf(address), mode == null ? "" : mode.toString()));
                }
            }
        }
        Object pool = child(child(tree, "metadata"), "annotations").get(POOL);
        return new ServiceFacts(
                uid,
                resourceVersion,
                "LoadBalancer".equals(child(tree, "spec").get("type")),
                ingress,
                Optional.ofNullable(pool).map(Object::toString));
    }

    private static Map<?, ?> child(Map<?, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }
}
