package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.heraldlb.k8ssource.mirror.ResourceType;

/**
 * An informer's store that keeps names and versions only: the objects themselves go to the feed, as trees of what matters,
 * in the order in which the informer stores them.
 */
final class LeanStore implements ItemStore<GenericKubernetesResource> {

    /** Takes what is stored. */
    interface Feed {
        void put(String key, String uid, String resourceVersion, Map<String, Object> tree);

        void remove(String key);
    }

    private final ResourceType type;
    private final Feed feed;
    private final Map<String, GenericKubernetesResource> stubs = new ConcurrentHashMap<>();

    LeanStore(ResourceType type, Feed feed) {
        this.type = type;
        this.feed = feed;
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        GenericKubernetesResource before = stubs.put(key, stub(object));
        boolean news = before == null
                || !meta.getResourceVersion().equals(before.getMetadata().getResourceVersion());
        if (news) {
            feed.put(key, meta.getUid(), meta.getResourceVersion(), tree(object));
        }
        return before;
    }

    private static GenericKubernetesResource stub(GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        GenericKubernetesResource stub = new GenericKubernetesResource();
        stub.setMetadata(new ObjectMetaBuilder()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .build());
        return stub;
    }

    /** The document without what only the API server needs. Items of a list may lack kind and version. */
    private Map<String, Object> tree(GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("name", meta.getName());
        if (meta.getNamespace() != null) {
            metadata.put("namespace", meta.getNamespace());
        }
        if (meta.getLabels() != null && !meta.getLabels().isEmpty()) {
            metadata.put("labels", meta.getLabels());
        }
        if (meta.getAnnotations() != null && !meta.getAnnotations().isEmpty()) {
            metadata.put("annotations", meta.getAnnotations());
        }
        if (meta.getGeneration() != null) {
            metadata.put("generation", meta.getGeneration());
        }
        Map<String, Object> tree = new HashMap<>(object.getAdditionalProperties());
        tree.put("apiVersion", type.apiVersion());
        tree.put("kind", type.kind());
        tree.put("metadata", metadata);
        return tree;
    }

    @Override
    public GenericKubernetesResource remove(String key) {
        GenericKubernetesResource before = stubs.remove(key);
        if (before != null) {
            feed.remove(key);
        }
        return before;
    }

    Set<String> keys() {
        return Set.copyOf(stubs.keySet());
    }

    @Override
    public Stream<String> keySet() {
        return stubs.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return stubs.values().stream();
    }

    @Override
    public GenericKubernetesResource get(String key) {
        return stubs.get(key);
    }

    @Override
    public int size() {
        return stubs.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
