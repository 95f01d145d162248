package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.fsm.Negotiated;
import org.heraldlb.bgp.fsm.OpenRules;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.Open;

/** The facts of one session, on their way to a status. Used on the loop at once, never kept. */
record SessionView(
        PeerSession session,
        Where where,
        Words words,
        Amounts amounts,
        Negotiated negotiated,
        SessionCounters counters) {

    record Where(State state, Instant since, InetSocketAddress local) {}

    /**
     * @param lastDrop why the session last went down
     * @param lastAttempt why the last attempt since then failed
     * @param lastSent the last NOTIFICATION of ours
     */
    record Words(String lastDrop, String lastAttempt, String lastSent) {}

    record Amounts(long advertised, long received, long updatesSent) {}

    SessionStatus status(Optional<BfdState> bfd) {
        PeerConfig config = session.config();
        return new SessionStatus(
                config.name(),
                text(config.endpoint().remote()),
                where.state,
                where.since,
                amounts.advertised,
                amounts.received,
                words.lastDrop.isEmpty() ? words.lastAttempt : words.lastDrop,
                bfd.map(Enum::name),
                details(config));
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private Map<String, String> details(PeerConfig config) {
        Map<String, String> details = new TreeMap<>();
        details.put("localAs", Long.toString(config.opens().as()));
        details.put("configuredHoldTime", Integer.toString(config.opens().holdSeconds()));
        details.put("lastNotificationSent", words.lastSent);
        details.put("lastAttempt", words.lastAttempt);
        details.put("passive", Boolean.toString(config.fsm().passive()));
        counters.describe(details, amounts.updatesSent);
        if (where.local != null) {
            details.put("local", text(where.local));
        }
        if (negotiated != null) {
            agreed(details);
        }
        return details;
    }

    private void agreed(Map<String, String> details) {
        details.put("remoteAs", Long.toString(negotiated.theirs().as()));
        details.put("remoteIdentifier", OpenRules.dotted(negotiated.theirs().identifier()));
        details.put("localIdentifier", OpenRules.dotted(negotiated.ours().identifier()));
        details.put("session", negotiated.internal() ? "internal" : "external");
        details.put("holdTime", Integer.toString(negotiated.holdSeconds()));
        details.put(
                "keepaliveTime",
                Long.toString(Duration.ofSeconds(negotiated.holdSeconds())
                        .dividedBy(3)
                        .toSeconds()));
        details.put(
                "families",
                negotiated.families().stream().map(Object::toString).sorted().collect(Collectors.joining(" ")));
        details.put("capabilitiesSent", capabilities(negotiated.ours()));
        details.put("capabilitiesReceived", capabilities(negotiated.theirs()));
        negotiated
                .gracefulRestart()
                .ifPresent(peer -> details.put("peerRestartTime", Integer.toString(peer.restartSeconds())));
    }

    private static String capabilities(Open open) {
        return open.capabilities().stream().map(SessionView::name).collect(Collectors.joining(", "));
    }

    private static String name(Capability capability) {
        if (capability instanceof Capability.Unknown unknown) {
            return "unknown(" + unknown.code() + ")";
        }
        if (capability instanceof Capability.Multiprotocol mp) {
            return mp.family().toString();
        }
        return capability instanceof Capability.GracefulRestart graceful
                ? "graceful-restart(" + graceful.restartSeconds() + " s" + (graceful.restarted() ? " R" : "")
                        + (graceful.notification() ? " N" : "") + ")"
                : capability.getClass().getSimpleName();
    }
}
