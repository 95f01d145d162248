package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.k8ssource.mirror.Resource.Scope;

/** One informer for each resource. Each lists, watches, lists again where it must, and tries again for ever. */
public final class Watches implements AutoCloseable {

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
        LeanStore store = new LeanStore(resource, sink);
        SharedIndexInformer<GenericKubernetesResource> informer =
                objects(client, namespace, resource).runnableInformer(0).removeNamespaceIndex();
        informer.itemStore(store).exceptionHandler((started, failure) -> {
            sink.failed(resource, Fault.of(failure));
            return true;
        });
        informer.start().thenRun(() -> sink.listed(resource, store.keys()));
        return informer;
    }

    private static Informable<GenericKubernetesResource> objects(
            KubernetesClient client, String namespace, Resource resource) {
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(resource.group())
                .withVersion(resource.version())
                .withKind(resource.kind())
                .withPlural(resource.plural())
                .withNamespaced(resource.scope() != Scope.CLUSTER)
                .build();
        var all = client.genericKubernetesResources(context);
        return switch (resource.scope()) {
            case CLUSTER -> all;
            case EVERYWHERE -> all.inAnyNamespace();
            case OWN -> all.inNamespace(namespace);
        };
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
