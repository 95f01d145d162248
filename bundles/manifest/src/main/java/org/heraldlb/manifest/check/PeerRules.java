package org.heraldlb.manifest.check;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CrossCheckOptions.Mode;

/** One more peer. */
final class PeerRules {

    private PeerRules() {}

    static Optional<Problem> against(Peer peer, Accepted accepted) {
        if (accepted.mode() == Mode.NATIVE) {
            return nativeMode(peer);
        }
        if (accepted.mode() == Mode.FRR) {
            Optional<Problem> conflict = accepted.peers().stream()
                    .filter(other -> meet(peer, other, accepted.nodes()))
                    .flatMap(other -> frrConflict(peer, other).stream())
                    .findFirst();
            if (conflict.isPresent()) {
                return conflict;
            }
        }
        if (!EchoRule.echoes(peer, accepted)) {
            return Optional.empty();
        }
        return EchoRule.pools(peer, accepted).stream()
                .findFirst()
                .map(pool -> EchoRule.problem(
                        peer, "spec.bfdProfile", peer.options().bfdProfile().orElse(""), pool));
    }

    private static Optional<Problem> nativeMode(Peer peer) {
        boolean keepalive = peer.timers()
                .keepalive()
                .filter(time -> !time.equals(Duration.ZERO))
                .isPresent();
        Map<String, Boolean> used = new java.util.LinkedHashMap<>();
        used.put("bfdProfile", peer.options().bfdProfile().isPresent());
        used.put("keepaliveTime", keepalive);
        used.put("vrf", peer.endpoint().vrf().isPresent());
        used.put("connectTime", peer.timers().connect().isPresent());
        used.put("enableGracefulRestart", peer.options().gracefulRestart());
        used.put("disableMP", peer.options().disableMp());
        used.put("dualStackAddressFamily", peer.options().dualStackAddressFamily());
        used.put("dynamicASN", peer.as().dynamic().isPresent());
        used.put("interface", peer.endpoint().linkInterface().isPresent());
        used.put("localASN", peer.as().localAsn().isPresent());
        return used.entrySet().stream()
                .filter(Map.Entry::getValue)
                .findFirst()
                .map(field -> Refusal.of(
                        peer,
                        Code.UNSUPPORTED,
                        "spec." + field.getKey(),
                        "",
                        "native BGP mode does not support " + field.getKey()));
    }

    private static boolean meet(Peer one, Peer other, Nodes nodes) {
        return !nodes.known() || nodes.share(one.nodeSelectors(), other.nodeSelectors());
    }

    private static Optional<Problem> frrConflict(Peer peer, Peer other) {
        if (!peer.options().routerId().equals(other.options().routerId())) {
            return conflict(
                    peer,
                    "routerID",
                    peer.options().routerId().map(IpAddress::toString).orElse(""),
                    "all peers of a node have the same routerID in FRR mode, and " + other.name() + " has another");
        }
        boolean sameVrf = peer.endpoint().vrf().equals(other.endpoint().vrf());
        if (sameVrf && identifier(peer).equals(identifier(other))) {
            return conflict(
                    peer,
                    peer.endpoint().address().isPresent() ? "peerAddress" : "interface",
                    identifier(peer),
                    "peer " + identifier(peer) + " already exists as " + other.name());
        }
        if (sameVrf && peer.as().myAsn() != other.as().myAsn()) {
            return conflict(
                    peer,
                    "myASN",
                    String.valueOf(peer.as().myAsn()),
                    "all peers of a node and VRF have the same myASN in FRR mode, and " + other.name() + " has "
                            + other.as().myAsn());
        }
        return Optional.empty();
    }

    private static Optional<Problem> conflict(Peer peer, String field, String value, String text) {
        return Optional.of(Refusal.of(peer, Code.CONFLICTING_PEERS, "spec." + field, value, text)
                .withFix("restrict one of the two to other nodes by nodeSelectors"));
    }

    static String identifier(Peer peer) {
        return peer.endpoint().address().map(IpAddress::toString).orElseGet(() -> peer.endpoint()
                .linkInterface()
                .orElse(""));
    }
}
