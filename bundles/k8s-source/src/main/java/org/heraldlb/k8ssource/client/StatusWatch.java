package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heraldlb.k8ssource.mirror.ResourceType;

/** Watches status objects of Herald's namespace that other nodes write. Only the allocator needs them. */
public final class StatusWatch implements AutoCloseable {

    /** Takes what is seen. Called on the client's threads, in order for each type; must return at once. */
    public interface Taker {

        void put(ResourceType type, String name, Map<String, Object> tree);

        void remove(ResourceType type, String name);

        /** Everything of the type was put once, or nobody serves it. */
        void listed(ResourceType type, boolean served);
    }

    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();

    private StatusWatch() {}

    /** Starts watching; returns at once. */
    public static StatusWatch start(KubernetesClient client, String namespace, List<ResourceType> types, Taker taker) {
        StatusWatch watch = new StatusWatch();
        types.forEach(type -> watch.informers.add(informer(client, namespace, type, taker)));
        return watch;
    }

    private static SharedIndexInformer<GenericKubernetesResource> informer(
            KubernetesClient client, String namespace, ResourceType type, Taker taker) {
        LeanStore store = new LeanStore(type, new LeanStore.Feed() {
            @Override
            public void put(String key, String uid, String resourceVersion, Map<String, Object> tree) {
                taker.put(type, key, tree);
            }

            @Override
            public void remove(String key) {
                taker.remove(type, key);
            }
        });
        SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(
                        Watches.context(type, true))
                .inNamespace(namespace)
                .withLimit(Watches.PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex();
        informer.itemStore(store).exceptionHandler((started, failure) -> {
            if (Fault.of(failure).status() == 404) {
                taker.listed(type, false);
            }
            return true;
        });
        informer.start().thenRun(() -> taker.listed(type, true));
        return informer;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
