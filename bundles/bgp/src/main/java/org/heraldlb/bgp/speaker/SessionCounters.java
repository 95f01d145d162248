package org.heraldlb.bgp.speaker;

import java.util.Map;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.bgp.packet.Message;

/** What one session has done since the peer was configured. */
final class SessionCounters {

    private static final int TYPES = 6;

    private final long[] sent = new long[TYPES];
    private final long[] received = new long[TYPES];
    private long established;
    private long dropped;
    private long faults;
    private long attempts;

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

    void addTo(Map<String, Long> totals, long updatesSent) {
        totals.merge("bgp_updates_sent_total", updatesSent + sent[Message.TYPE_UPDATE], Long::sum);
        totals.merge("bgp_updates_received_total", received[Message.TYPE_UPDATE], Long::sum);
        totals.merge("bgp_notifications_sent_total", sent[Message.TYPE_NOTIFICATION], Long::sum);
        totals.merge("bgp_notifications_received_total", received[Message.TYPE_NOTIFICATION], Long::sum);
        totals.merge("bgp_session_flaps_total", dropped, Long::sum);
        totals.merge("bgp_attribute_faults_total", faults, Long::sum);
    }
}
