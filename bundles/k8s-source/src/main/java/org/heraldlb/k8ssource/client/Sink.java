package org.heraldlb.k8ssource.client;

import java.util.Map;
import java.util.Set;
import org.heraldlb.k8ssource.mirror.Resource;

/** Takes what the watches see. Called on the client's threads, in order for each resource; must return at once. */
public interface Sink {

    /** An object is there, or is there in another version. */
    void put(Resource resource, String key, String uid, String resourceVersion, Map<String, Object> tree);

    /** An object is there no more. */
    void remove(Resource resource, String key);

    /** Everything was listed: each of {@code keys} was put, and nothing else is there. */
    void listed(Resource resource, Set<String> keys);

    /** The resource is not served: none of its objects are there. It is tried again. */
    void absent(Resource resource, Fault fault);

    /** A list or a watch failed; it is tried again. Says nothing about the objects. */
    void failed(Resource resource, Fault fault);
}
