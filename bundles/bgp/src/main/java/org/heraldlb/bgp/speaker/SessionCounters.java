package org.heraldlb.bgp.speaker;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.bgp.packet.Message;

/** What one session has done since the peer was configured. */
final class SessionCounters {

    private static final int TYPES = 6;

    /** MetalLB's names (its FRR exporter has the most), without the prefix; in the order of {@link #values}. */
    private static final List<String> NAMES = List.of(
            "bgp_opens_sent",
            "bgp_opens_received",
            "bgp_updates_total",
            "bgp_updates_total_received",
            "bgp_notifications_sent",
            "bgp_keepalives_sent",
            "bgp_keepalives_received",
            "bgp_route_refresh_sent",
            "bgp_total_sent",
            "bgp_total_received",
            "bgp_session_flaps");

    private final List<String> names;
    private final long[] sent = new long[TYPES];
    private final long[] received = new long[TYPES];
    private long established;
    private long dropped;
    private long faults;
    private long attempts;

    /** @param remote address and port of the peer, its label */
    SessionCounters(String remote) {
        names = NAMES.stream().map(name -> name + "{peer=\"" + remote + "\"}").toList();
    }

    void sent(Message message) {
        sent[message.type()]++;
    }

    void received(Message message) {
        received[message.type()]++;
    }

    void established() {
        established++;
    }

    void dropped() {
        dropped++;
    }

    void fault() {
        faults++;
    }

    void attempt() {
        attempts++;
    }

    /** How often the session came up. */
    long timesEstablished() {
        return established;
    }

    void describe(Map<String, String> into, long updatesSent) {
        into.put("messagesSent", text(sent, updatesSent));
        into.put("messagesReceived", text(received, 0));
        into.put("established", Long.toString(established));
        into.put("flaps", Long.toString(dropped));
        into.put("attributeFaults", Long.toString(faults));
        into.put("connectAttempts", Long.toString(attempts));
    }

    BgpPeerDetail.Counts counts(long updatesSent) {
        return new BgpPeerDetail.Counts(byName(sent, updatesSent), byName(received, 0), established, dropped, attempts);
    }

    private static Map<String, Long> byName(long[] counts, long moreUpdates) {
        return Map.of(
                "open", counts[Message.TYPE_OPEN],
                "update", counts[Message.TYPE_UPDATE] + moreUpdates,
                "notification", counts[Message.TYPE_NOTIFICATION],
                "keepalive", counts[Message.TYPE_KEEPALIVE],
                "routeRefresh", counts[Message.TYPE_ROUTE_REFRESH]);
    }

    private static String text(long[] counts, long more) {
        return "open=" + counts[Message.TYPE_OPEN]
                + " update=" + (counts[Message.TYPE_UPDATE] + more)
                + " notification=" + counts[Message.TYPE_NOTIFICATION]
                + " keepalive=" + counts[Message.TYPE_KEEPALIVE]
                + " refresh=" + counts[Message.TYPE_ROUTE_REFRESH];
    }

    /**
     * The counters at one moment, for any thread.
     *
     * @param names of {@code values} with the peer's label
     */
    record Values(
            List<String> names,
            long updatesSent,
            long updatesReceived,
            long notificationsSent,
            long notificationsReceived,
            long flaps,
            long faults,
            long... values) {

        void addTo(Map<String, Long> totals) {
            totals.merge("bgp_updates_sent_total", updatesSent, Long::sum);
            totals.merge("bgp_updates_received_total", updatesReceived, Long::sum);
            totals.merge("bgp_notifications_sent_total", notificationsSent, Long::sum);
            totals.merge("bgp_notifications_received_total", notificationsReceived, Long::sum);
            totals.merge("bgp_session_flaps_total", flaps, Long::sum);
            totals.merge("bgp_attribute_faults_total", faults, Long::sum);
            for (int i = 0; i < values.length; i++) {
                // Two peers with one address and port share a label, as they share a row in MetalLB.
                totals.merge(names.get(i), values[i], Long::sum);
            }
        }
    }

    /** @param updatesSent those that were not sent one by one */
    Values values(long updatesSent) {
        long updates = updatesSent + sent[Message.TYPE_UPDATE];
        return new Values(
                names,
                updates,
                received[Message.TYPE_UPDATE],
                sent[Message.TYPE_NOTIFICATION],
                received[Message.TYPE_NOTIFICATION],
                dropped,
                faults,
                sent[Message.TYPE_OPEN],
                received[Message.TYPE_OPEN],
                updates,
                received[Message.TYPE_UPDATE],
                sent[Message.TYPE_NOTIFICATION],
                sent[Message.TYPE_KEEPALIVE],
                received[Message.TYPE_KEEPALIVE],
                sent[Message.TYPE_ROUTE_REFRESH],
                updatesSent + sum(sent),
                sum(received),
                dropped);
    }

    private static long sum(long... counts) {
        return Arrays.stream(counts).sum();
    }
}
