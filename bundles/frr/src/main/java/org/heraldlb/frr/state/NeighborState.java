package org.heraldlb.frr.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.api.net.IpFamily;

/**
 * What FRR says of one neighbour ({@code show bgp neighbors json}).
 *
 * @param state of its session
 * @param told routes that it was told, by family
 * @param received routes that it told and that our filter let through: none
 * @param lastError why the session last ended
 * @param bfd state of its BFD session
 * @param flaps how often the session ended
 * @param details further facts by the names that the native speaker uses
 * @param messages by kind, sent and received
 */
public record NeighborState(
        State state,
        Map<IpFamily, Long> told,
        long received,
        String lastError,
        Optional<String> bfd,
        long flaps,
        Map<String, String> details,
        Map<String, Long> messages) {

    private static final Map<IpFamily, String> FAMILIES =
            new EnumMap<>(Map.of(IpFamily.IPV4, "ipv4Unicast", IpFamily.IPV6, "ipv6Unicast"));

    /** Nothing is known. */
    public static final NeighborState UNKNOWN =
            new NeighborState(State.IDLE, Map.of(), 0, "", Optional.empty(), 0, Map.of(), Map.of());

    /** All neighbours by VRF and address or interface. */
    public static Map<String, Map<String, NeighborState>> read(JsonNode vrfs) {
        Map<String, Map<String, NeighborState>> all = new TreeMap<>();
        vrfs.fields().forEachRemaining(vrf -> {
            Map<String, NeighborState> neighbors = new TreeMap<>();
            vrf.getValue().fields().forEachRemaining(each -> {
                if (each.getValue().isObject() && each.getValue().has("bgpState")) {
                    neighbors.put(each.getKey(), of(each.getValue()));
                }
            });
            all.put(vrf.getKey(), neighbors);
        });
        return all;
    }

    static NeighborState of(JsonNode json) {
        Map<IpFamily, Long> told = new EnumMap<>(IpFamily.class);
        long received = 0;
        for (Map.Entry<IpFamily, String> family : FAMILIES.entrySet()) {
            JsonNode facts = json.path("addressFamilyInfo").path(family.getValue());
            if (facts.has("sentPrefixCounter")) {
                told.put(family.getKey(), facts.path("sentPrefixCounter").asLong());
            }
            received += facts.path("acceptedPrefixCounter").asLong();
        }
        JsonNode bfd = json.path("peerBfdInfo").path("status");
        return new NeighborState(
                state(json.path("bgpState").asText()),
                told,
                received,
                lastError(json),
                bfd.isTextual()
                        ? Optional.of(bfd.asText().toUpperCase(Locale.ROOT).replace(' ', '_'))
                        : Optional.empty(),
                json.path("connectionsDropped").asLong(),
                details(json),
                messages(json.path("messageStats")));
    }

    private static State state(String text) {
        for (State state : State.values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        return State.IDLE;
    }

    private static String lastError(JsonNode json) {
        String due = json.path("lastResetDueTo").asText();
        String reason = json.path("lastNotificationReason").asText();
        // FRR says this of sessions that never were.
        return due.isEmpty() || due.equals("No AFI/SAFI activated for peer")
                ? ""
                : reason.isEmpty() ? due : due + ": " + reason;
    }

    private static Map<String, String> details(JsonNode json) {
        Map<String, String> details = new TreeMap<>();
        put(details, "localAs", json.path("localAs"));
        put(details, "remoteAs", json.path("remoteAs"));
        put(details, "remoteIdentifier", json.path("remoteRouterId"));
        put(details, "localIdentifier", json.path("localRouterId"));
        put(details, "established", json.path("connectionsEstablished"));
        put(details, "flaps", json.path("connectionsDropped"));
        details.put("session", json.path("nbrInternalLink").asBoolean() ? "internal" : "external");
        seconds(details, "configuredHoldTime", json.path("bgpTimerConfiguredHoldTimeMsecs"));
        seconds(details, "holdTime", json.path("bgpTimerHoldTimeMsecs"));
        seconds(details, "keepaliveTime", json.path("bgpTimerKeepAliveIntervalMsecs"));
        if (json.has("hostLocal")) {
            details.put("local", endpoint(json.path("hostLocal").asText(), json.path("portLocal")));
        }
        if (json.has("hostForeign")) {
            details.put("remote", endpoint(json.path("hostForeign").asText(), json.path("portForeign")));
        }
        JsonNode capabilities = json.path("neighborCapabilities");
        List<String> sent = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        capabilities.fields().forEachRemaining(each -> {
            String text = each.getValue().asText().toLowerCase(Locale.ROOT);
            if (text.contains("advertised")) {
                sent.add(each.getKey());
            }
            if (text.contains("received")) {
                heard.add(each.getKey());
            }
        });
        details.put("capabilitiesSent", String.join(", ", sent));
        details.put("capabilitiesReceived", String.join(", ", heard));
        seconds(details, "peerRestartTime", capabilities.path("gracefulRestartRemoteTimerMsecs"));
        details.put("messagesSent", counts(json.path("messageStats"), "Sent"));
        details.put("messagesReceived", counts(json.path("messageStats"), "Recv"));
        return details;
    }

    private static void put(Map<String, String> details, String name, JsonNode value) {
        if (value.isValueNode()) {
            details.put(name, value.asText());
        }
    }

    private static void seconds(Map<String, String> details, String name, JsonNode millis) {
        if (millis.isNumber()) {
            details.put(name, Long.toString(millis.asLong() / 1000));
        }
    }

    private static String endpoint(String host, JsonNode port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port.asText();
    }

    private static String counts(JsonNode stats, String direction) {
        return "open=" + stats.path("opens" + direction).asLong()
                + " update=" + stats.path("updates" + direction).asLong()
                + " notification=" + stats.path("notifications" + direction).asLong()
                + " keepalive=" + stats.path("keepalives" + direction).asLong()
                + " refresh=" + stats.path("routeRefresh" + direction).asLong();
    }

    private static Map<String, Long> messages(JsonNode stats) {
        return Map.of(
                "bgp_updates_sent_total", stats.path("updatesSent").asLong(),
                "bgp_updates_received_total", stats.path("updatesRecv").asLong(),
                "bgp_notifications_sent_total", stats.path("notificationsSent").asLong(),
                "bgp_notifications_received_total",
                        stats.path("notificationsRecv").asLong());
    }
}
