package org.heraldlb.frr.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/** What a neighbour told ({@code show bgp ... received-routes json}). */
public final class Received {

    private Received() {}

    public static List<ReceivedRoute> read(JsonNode json) {
        List<ReceivedRoute> routes = new ArrayList<>();
        json.path("receivedRoutes").fields().forEachRemaining(each -> {
            JsonNode route = each.getValue();
            String hop =
                    route.path("nextHop").asText(route.path("nextHopGlobal").asText());
            routes.add(new ReceivedRoute(
                    IpPrefix.parse(each.getKey()),
                    hop.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(hop)),
                    route.path("path").asText(),
                    route.path("bgpOriginCode").asText().equals("i") ? "IGP" : "incomplete",
                    number(route.path("locPrf")),
                    number(route.path("metric")),
                    List.of()));
        });
        return routes;
    }

    private static OptionalLong number(JsonNode value) {
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }
}
