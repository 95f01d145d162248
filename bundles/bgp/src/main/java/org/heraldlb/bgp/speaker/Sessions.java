package org.heraldlb.bgp.speaker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Notification;

/** The sessions that a plan wants, one for each peer. On the loop only. */
final class Sessions {

    private final Surroundings around;
    private final StatusDesk desk;
    private final StatusBoard board;
    private final Callers callers;
    private final PeerAddresses addresses;
    private final BfdWatches watches;
    private final Map<String, PeerSession> sessions = new TreeMap<>();
    private final Map<String, PeerPlan> served = new HashMap<>();
    private final Map<String, Trace> traces = new HashMap<>();
    private List<Problem> problems = List.of();
    private Map<String, String> disabled = Map.of();
    private BgpPlan plan = new BgpPlan(-1, "", List.of());

    Sessions(Surroundings around, BfdPort bfd, StatusDesk desk) {
        this.around = around;
        this.desk = desk;
        board = new StatusBoard(around.transport().loop(), desk, this::publish);
        callers = new Callers(around.transport(), board::changed, board::changedByStrangers);
        addresses = new PeerAddresses(around.transport().loop(), sessions, this::carryOutAgain);
        watches = new BfdWatches(bfd, around);
    }

    // Plans

    /** Resets nothing but sessions whose own parameters changed. */
    void carryOut(BgpPlan newest) {
        plan = newest;
        addresses.searchFor(newest.peers());
        List<Problem> found = new ArrayList<>();
        Map<String, PeerPlan> wanted = new TreeMap<>();
        newest.peers().forEach(peer -> wanted.put(peer.name(), peer));
        List.copyOf(sessions.keySet()).stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> remove(name, Notification.of(BgpError.DECONFIGURED)));
        boolean sameAddresses = true;
        for (PeerPlan peer : wanted.values()) {
            sameAddresses &= carryOut(peer, found);
        }
        problems = found;
        listenInVrfs();
        if (!sameAddresses || sessions.size() != wanted.size() || callers.isEmpty()) {
            callers.expect(sessions.values());
        }
        board.changed();
    }

    /** Something that plans depend on changed. */
    void carryOutAgain() {
        carryOut(plan);
    }

    /** True when the peer is where it was. */
    private boolean carryOut(PeerPlan peer, List<Problem> found) {
        PeerSession present = sessions.get(peer.name());
        if (present != null && differsInRoutesOnly(peer)) {
            served.put(peer.name(), peer);
            present.routes(peer.routes());
            return true;
        }
        Optional<PeerConfig> config = config(peer, found);
        if (present != null && config.filter(wanted -> goesOn(present, wanted)).isPresent()) {
            served.put(peer.name(), peer);
            present.reconfigure(config.get());
            present.keep(keep(peer));
            present.routes(peer.routes());
            watch(peer, present);
            return true;
        }
        if (present != null) {
            remove(peer.name(), Notification.of(BgpError.CONFIGURATION_CHANGE));
        }
        config.ifPresent(wanted -> add(peer, wanted));
        return false;
    }

    /** The most frequent change, and often of many peers at once. An unnumbered peer may be elsewhere by now. */
    private boolean differsInRoutesOnly(PeerPlan peer) {
        PeerPlan before = served.get(peer.name());
        return before != null
                && peer.peer().endpoint().address().isPresent()
                && (peer.peer() == before.peer() || peer.peer().equals(before.peer()))
                && peer.password().equals(before.password())
                && peer.bfd().equals(before.bfd());
    }

    /** A session that is not up has nothing to lose. */
    private static boolean goesOn(PeerSession present, PeerConfig wanted) {
        return present.config().equals(wanted)
                || present.isEstablished() && present.config().goesOnAs(wanted);
    }

    private Optional<PeerConfig> config(PeerPlan peer, List<Problem> found) {
        Optional<IpAddress> remote = addresses.of(peer, found);
        if (remote.isEmpty()) {
            return Optional.empty();
        }
        PeerConfig config = PeerConfig.of(peer, remote.get(), around.settings());
        boolean able = true;
        for (Feature feature : config.endpoint().needs()) {
            if (around.transport().missing().contains(feature)) {
                able = false;
                BgpLog.lacks(peer.name(), feature, around.transport().describe());
                found.add(Problem.error(
                        "transportFeature",
                        peer.peer().ref().toString(),
                        feature.text() + " is not possible with the transport "
                                + around.transport().describe()));
            }
        }
        return able ? Optional.of(config) : Optional.empty();
    }

    private int keep(PeerPlan peer) {
        return peer.peer()
                .options()
                .extensions()
                .maxPrefixes()
                .orElse(around.settings().received());
    }

    private void add(PeerPlan peer, PeerConfig config) {
        PeerSession session =
                new PeerSession(config, around.at(plan.node()), peer.routes(), trace(peer.name()), board::changed);
        session.keep(keep(peer));
        sessions.put(peer.name(), session);
        served.put(peer.name(), peer);
        // Before the start: strict BFD holds it.
        watch(peer, session);
        if (!disabled.containsKey(peer.name())) {
            session.start();
        }
    }

    private void remove(String name, Notification cause) {
        watches.unwatch(name);
        served.remove(name);
        sessions.remove(name).stop(cause);
        traces.values().removeIf(Trace::isIdle);
    }

    private void watch(PeerPlan peer, PeerSession session) {
        if (disabled.containsKey(peer.name())) {
            watches.unwatch(peer.name());
            session.release();
        } else {
            watches.watch(peer, session);
        }
    }

    // Around them

    /** Takes connections that peers dial, in the VRFs that they are in too. */
    void listen(int port) {
        callers.open(port);
        listenInVrfs();
        callers.expect(sessions.values());
    }

    private void listenInVrfs() {
        callers.serve(plan.peers().stream()
                .filter(peer -> sessions.containsKey(peer.name()))
                .flatMap(peer -> peer.peer().endpoint().vrf().stream())
                .collect(Collectors.toSet()));
    }

    /** Where unnumbered peers are found. */
    PeerAddresses addresses() {
        return addresses;
    }

    /** When to publish. */
    StatusBoard board() {
        return board;
    }

    // Verbs of the operator

    Optional<PeerSession> session(String peer) {
        return Optional.ofNullable(sessions.get(peer));
    }

    /** RFC 8326 on all of them. */
    void drain(boolean wanted) {
        sessions.values().forEach(session -> session.drain(wanted));
    }

    Trace trace(String peer) {
        return traces.computeIfAbsent(
                peer, name -> new Trace(around.transport().loop().ticker()::wallClock));
    }

    /** Who is to have no session, and what it is told. */
    void disable(Map<String, String> reasonByPeer) {
        Map<String, String> before = disabled;
        disabled = reasonByPeer;
        for (PeerPlan peer : plan.peers()) {
            PeerSession session = sessions.get(peer.name());
            String reason = disabled.get(peer.name());
            if (session == null || before.containsKey(peer.name()) == (reason != null)) {
                continue;
            }
            if (reason != null) {
                session.stop(Notification.withText(BgpError.SHUTDOWN, reason));
            }
            watch(peer, session);
            if (reason == null) {
                session.start();
            }
        }
        board.changed();
    }

    /** A pause: those whose peers keep our routes meanwhile end without a word. */
    void suspend() {
        plan = new BgpPlan(plan.generation(), plan.node(), List.of());
        callers.close();
        watches.close();
        sessions.values().forEach(PeerSession::suspend);
        sessions.clear();
        served.clear();
    }

    // Status

    Optional<BgpPeerDetail> detail(String peer) {
        return session(peer).map(session -> session.view()
                .detail(watches.state(peer), Optional.ofNullable(disabled.get(peer)), callers.isListening()));
    }

    private void publish() {
        List<SessionStatus> states = new ArrayList<>(sessions.size());
        List<AnnouncementStates.PeerTables> tables = new ArrayList<>(sessions.size());
        List<SessionCounters.Values> counts = new ArrayList<>(sessions.size());
        sessions.forEach((name, session) -> {
            SessionShown shown = session.shown(watches.state(name), Optional.ofNullable(disabled.get(name)));
            states.add(shown.status());
            counts.add(shown.counts());
            tables.add(session.tables());
        });
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(callers.problems());
        desk.publish(new StatusDesk.Draft(
                plan.generation(),
                states,
                tables,
                all,
                counts,
                callers.refused(),
                around.batches().encoded()));
    }
}
