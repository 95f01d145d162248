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
    /** By key; what the informer asks for is made of both. */
    private final Map<String, String> versions = new ConcurrentHashMap<>();

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
        String before = versions.put(key, meta.getResourceVersion());
        if (!meta.getResourceVersion().equals(before)) {
            feed.put(key, meta.getUid(), meta.getResourceVersion(), tree(object));
        }
        return stub(key, before);
    }

    /** Null for no version. */
    private static GenericKubernetesResource stub(String key, String version) {
        if (version == null) {
            return null;
        }
        int slash = key.indexOf('/');
        GenericKubernetesResource stub = new GenericKubernetesResource();
        stub.setMetadata(new ObjectMetaBuilder()
                .withName(key.substring(slash + 1))
                .withNamespace(slash < 0 ? null : key.substring(0, slash))
                .withResourceVersion(version)
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
        String before = versions.remove(key);
        if (before != null) {
            feed.remove(key);
        }
        return stub(key, before);
    }

    Set<String> keys() {
        return Set.copyOf(versions.keySet());
    }

    @Override
    public Stream<String> keySet() {
        return versions.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return versions.entrySet().stream().map(entry -> stub(entry.getKey(), entry.getValue()));
    }

    @Override
    public GenericKubernetesResource get(String key) {
        return stub(key, versions.get(key));
    }

    @Override
    public int size() {
        return versions.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
