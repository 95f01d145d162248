package org.heraldlb.api.intent;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names for BGP communities (MetalLB {@code Community}).
 *
 * @param ref kind {@link Kind#COMMUNITY}
 * @param origin where it comes from
 * @param values literal by alias: {@code 65001:100} or {@code large:1:2:3}
 */
public record CommunityAliases(ObjectRef ref, Origin origin, Map<String, String> values) implements ConfigObject {
    public CommunityAliases {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
