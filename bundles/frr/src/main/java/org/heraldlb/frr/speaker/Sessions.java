package org.heraldlb.frr.speaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.frr.render.Target;
import org.heraldlb.frr.state.NeighborState;

/** The sessions as they were seen last, and since when. The loop's. */
final class Sessions {

    private record Seen(SessionStatus.State state, Instant since) {}

    private final Map<String, Seen> seen = new HashMap<>();
    private Map<String, NeighborState> states = Map.of();

    /** @param found by VRF and neighbour; empty when FRR does not answer */
    void found(Target target, Map<String, Map<String, NeighborState>> found, Instant now) {
        Map<String, NeighborState> next = new TreeMap<>();
        target.neighbors().forEach((peer, neighbor) -> {
            NeighborState state =
                    found.getOrDefault(neighbor.vrf(), Map.of()).getOrDefault(neighbor.key(), NeighborState.UNKNOWN);
            next.put(peer, state);
            Seen before = seen.get(peer);
            if (before == null || before.state() != state.state()) {
                seen.put(peer, new Seen(state.state(), now));
            }
        });
        seen.keySet().retainAll(next.keySet());
        states = next;
    }

    Map<String, NeighborState> states() {
        return states;
    }

    List<SessionStatus> statuses(BgpPlan plan) {
        List<SessionStatus> statuses = new ArrayList<>();
        for (PeerPlan peer : plan.peers()) {
            NeighborState state = states.get(peer.name());
            if (state != null) {
                statuses.add(new SessionStatus(
                        peer.name(),
                        remote(peer),
                        state.state(),
                        seen.get(peer.name()).since(),
                        state.told().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        state.received(),
                        state.lastError(),
                        peer.bfd().map(profile -> state.bfd().orElse("UNAVAILABLE")),
                        state.details()));
            }
        }
        return statuses;
    }

    /** The other ends of the connections that stand. */
    List<FrrHost.Remote> remotes() {
        List<FrrHost.Remote> remotes = new ArrayList<>();
        states.values().forEach(state -> {
            String remote = state.details().getOrDefault("remote", "");
            int colon = remote.lastIndexOf(':');
            if (colon > 0) {
                remotes.add(new FrrHost.Remote(
                        remote.substring(0, colon), Integer.parseInt(remote, colon + 1, remote.length(), 10)));
            }
        });
        return remotes;
    }

    private static String remote(PeerPlan peer) {
        int port = peer.peer().endpoint().port();
        return peer.peer()
                .endpoint()
                .address()
                .map(address -> (address.isV6() ? "[" + address + "]" : address.toString()) + ":" + port)
                .orElseGet(() -> peer.peer().endpoint().linkInterface().orElse(""));
    }

    Map<String, Long> counters() {
        Map<String, Long> totals = new TreeMap<>();
        states.values().forEach(state -> {
            state.messages().forEach((name, count) -> totals.merge(name, count, Long::sum));
            totals.merge("bgp_session_flaps_total", state.flaps(), Long::sum);
        });
        return totals;
    }
}
