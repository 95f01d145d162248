package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.k8ssource.mirror.Resource.Scope;
import org.heraldlb.k8ssource.mirror.ResourceType;

/** One informer for each resource. Each lists, watches, lists again where it must, and tries again for ever. */
public final class Watches implements AutoCloseable {

    /** Objects that are listed in one answer: each is a tree many times larger than what is kept of it. */
    public static final long PAGE = 500;

    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();

    private Watches() {}

    /** Starts watching; returns at once. {@code namespace} is Herald's own. The client stays the caller's. */
    public static Watches start(KubernetesClient client, String namespace, Sink sink) {
        Watches watches = new Watches();
        for (Resource resource : Resource.values()) {
            watches.informers.add(watch(client, namespace, resource, sink));
        }
        return watches;
    }

    private static SharedIndexInformer<GenericKubernetesResource> watch(
            KubernetesClient client, String namespace, Resource resource, Sink sink) {
        LeanStore store = new LeanStore(resource.type(), feed(resource, sink));
        SharedIndexInformer<GenericKubernetesResource> informer = objects(client, namespace, resource)
                .withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex();
        informer.itemStore(store).exceptionHandler((started, failure) -> {
            sink.failed(resource, Fault.of(failure));
            return true;
        });
        informer.start().thenRun(() -> sink.listed(resource, store.keys()));
        return informer;
    }

    private static LeanStore.Feed feed(Resource resource, Sink sink) {
        return new LeanStore.Feed() {
            @Override
            public void put(String key, String uid, String resourceVersion, Map<String, Object> tree) {
                sink.put(resource, key, uid, resourceVersion, tree);
            }

            @Override
            public void remove(String key) {
                sink.remove(resource, key);
            }
        };
    }

    private static Informable<GenericKubernetesResource> objects(
            KubernetesClient client, String namespace, Resource resource) {
        ResourceDefinitionContext context = context(resource.type(), resource.scope() != Scope.CLUSTER);
        var all = client.genericKubernetesResources(context);
        return switch (resource.scope()) {
            case CLUSTER -> all;
            case EVERYWHERE -> all.inAnyNamespace();
            case OWN -> all.inNamespace(namespace);
        };
    }

    /** What the client has to know of a type that it has no class for. */
    public static ResourceDefinitionContext context(ResourceType type, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(type.group())
                .withVersion(type.version())
                .withKind(type.kind())
                .withPlural(type.plural())
                .withNamespaced(namespaced)
                .build();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
