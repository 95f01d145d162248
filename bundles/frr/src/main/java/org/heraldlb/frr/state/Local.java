package org.heraldlb.frr.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/** Whether a route that FRR itself originates is the one that we left there ({@code show bgp ... PREFIX json}). */
public final class Local {

    /** FRR's identifier of itself as the origin of a path. */
    private static final String SELF = "0.0.0.0";

    private Local() {}

    /** @param tag that it has when it is ours; empty: FRR originates no such route */
    public static boolean isAsLeft(JsonNode route, OptionalLong tag) {
        if (!route.isObject()) {
            return false;
        }
        int own = 0;
        for (JsonNode path : route.path("paths")) {
            boolean local = path.path("sourced").asBoolean()
                    || path.path("local").asBoolean()
                    || path.path("peer").path("peerId").asText().equals(SELF);
            if (local && (tag.isEmpty() || path.path("tag").asLong(-1) != tag.getAsLong())) {
                return false;
            }
            own += local ? 1 : 0;
        }
        return own > 0 == tag.isPresent();
    }
}
