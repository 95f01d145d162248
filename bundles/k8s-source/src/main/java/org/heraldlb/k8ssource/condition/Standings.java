package org.heraldlb.k8ssource.condition;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.heraldlb.k8ssource.mirror.Resource;

/** What each object that may have conditions says now, by its key. One thread writes, any reads. */
public final class Standings {

    private final Map<Resource, Map<String, Standing>> standings = new EnumMap<>(Resource.class);

    public Standings() {
        for (Resource resource : Resource.values()) {
            if (resource == Resource.SERVICES || resource.isConfiguration()) {
                standings.put(resource, new ConcurrentHashMap<>());
            }
        }
    }

    /** @return true when this is news */
    public boolean put(Resource resource, String key, Standing now) {
        return standings.containsKey(resource)
                && !now.equals(standings.get(resource).put(key, now));
    }

    public void remove(Resource resource, String key) {
        if (standings.containsKey(resource)) {
            standings.get(resource).remove(key);
        }
    }

    /** Exactly {@code keys} are there. */
    public void listed(Resource resource, Set<String> keys) {
        if (standings.containsKey(resource)) {
            standings.get(resource).keySet().retainAll(keys);
        }
    }

    /** Those of a resource by key; empty for resources without conditions. A view. */
    Map<String, Standing> of(Resource resource) {
        return standings.getOrDefault(resource, Map.of());
    }

    /** The uid of a service. */
    public Optional<String> uid(String service) {
        return Optional.ofNullable(of(Resource.SERVICES).get(service)).map(Standing::uid);
    }
}
