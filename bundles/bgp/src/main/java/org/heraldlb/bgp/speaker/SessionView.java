package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.fsm.Negotiated;
import org.heraldlb.bgp.packet.MessageText;

/** The facts of one session, on their way to a status. Used on the loop at once, never kept. */
record SessionView(
        PeerSession session,
        Where where,
        SessionHistory history,
        Amounts amounts,
        Negotiated negotiated,
        SessionCounters counters) {

    record Where(State state, InetSocketAddress local) {}

    record Amounts(long advertised, long received, long updatesSent) {}

    /** @param disabled why the operator wants no session, if he does not */
    SessionStatus status(Optional<BfdState> bfd, Optional<String> disabled) {
        PeerConfig config = session.config();
        return new SessionStatus(
                config.name(),
                text(config.endpoint().remote()),
                where.state,
                history.since(),
                amounts.advertised,
                amounts.received,
                disabled.map(reason -> "disabled: " + reason).orElseGet(history::lastError),
                bfd.map(Enum::name),
                details(config));
    }

    BgpPeerDetail detail(Optional<BfdState> bfd, Optional<String> disabled, boolean listening) {
        PeerConfig config = session.config();
        Endpoint endpoint = config.endpoint();
        return new BgpPeerDetail(
                status(bfd, disabled),
                disabled,
                new BgpPeerDetail.Transport(
                        config.fsm().passive(),
                        endpoint.password().isPresent(),
                        endpoint.minTtl().stream().asLongStream().findFirst(),
                        endpoint.ttl().isEmpty() || endpoint.ttl().getAsInt() > 1,
                        listening),
                session.timers(),
                history.capabilities(),
                history.failures(),
                counters.counts(amounts.updatesSent));
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private Map<String, String> details(PeerConfig config) {
        Map<String, String> details = new TreeMap<>();
        details.put("localAs", Long.toString(config.opens().as()));
        details.put("configuredHoldTime", Integer.toString(config.opens().holdSeconds()));
        details.put(
                "lastNotificationSent",
                history.failures().sent().map(BgpPeerDetail.Message::text).orElse(""));
        details.put("lastAttempt", history.failures().lastAttempt());
        details.put("passive", Boolean.toString(config.fsm().passive()));
        counters.describe(details, amounts.updatesSent);
        if (session.isHeld()) {
            details.put("waitsFor", "BFD");
        }
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
        details.put("remoteIdentifier", MessageText.dotted(negotiated.theirs().identifier()));
        details.put("localIdentifier", MessageText.dotted(negotiated.ours().identifier()));
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
        details.put("capabilitiesSent", String.join(", ", MessageText.capabilities(negotiated.ours())));
        details.put("capabilitiesReceived", String.join(", ", MessageText.capabilities(negotiated.theirs())));
        negotiated
                .gracefulRestart()
                .ifPresent(peer -> details.put("peerRestartTime", Integer.toString(peer.restartSeconds())));
    }
}
