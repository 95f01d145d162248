package org.heraldlb.ipam.alloc;

import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.TrafficPolicy;

/**
 * Services with equal ones may share an address when their ports differ.
 *
 * @param key as the annotation has it, never empty
 * @param backend the pod selector under policy Local, because each node then serves its own pods; empty under Cluster
 */
record SharingKey(String key, Optional<Map<String, String>> backend) {

    /** The key of a service, or null when it shares with nobody. */
    static SharingKey of(ServiceIntent service) {
        String key = service.request().sharingKey().orElse("");
        if (key.isEmpty()) {
            return null;
        }
        boolean local = service.traffic().external() == TrafficPolicy.LOCAL;
        return new SharingKey(key, local ? Optional.of(service.traffic().selector()) : Optional.empty());
    }
}
