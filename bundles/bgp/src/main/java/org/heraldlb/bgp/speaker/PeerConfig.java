package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.bgp.fsm.FsmSettings;
import org.heraldlb.bgp.fsm.OpenRules;
import org.heraldlb.bgp.fsm.Opens;
import org.heraldlb.bgp.packet.Family;

/**
 * A peer as the session needs it.
 *
 * @param name of the peer
 * @param endpoint how to reach it
 * @param fsm its state machine's settings
 * @param opens what it is offered
 * @param routerId its own
 */
record PeerConfig(String name, Endpoint endpoint, FsmSettings fsm, Opens opens, Optional<IpAddress> routerId) {

    private static final int MAX_TTL = 255;
    private static final int DIRECT_TTL = 1;

    /** @param remote where the peer is: its address, or the one found on its interface */
    static PeerConfig of(PeerPlan plan, IpAddress remote, SpeakerSettings settings) {
        Peer peer = plan.peer();
        Opens opens = opens(peer, remote, settings);
        OpenRules rules =
                new OpenRules(opens.as(), peer.as().peerAsn(), peer.as().dynamic(), opens.role());
        FsmSettings fsm = new FsmSettings(
                rules,
                peer.options().extensions().passive(),
                peer.timers().connect().orElse(settings.timers().connectRetry()),
                Duration.ZERO,
                peer.timers().keepalive(),
                settings.timers().sendHold());
        return new PeerConfig(
                plan.name(),
                endpoint(plan, remote, opens),
                fsm,
                opens,
                peer.options().routerId());
    }

    /**
     * Whether a session that stands can go on with the other: what its OPEN said and where it goes must be the same.
     * Timers that are nobody else's business, and whether we dial, may differ ({@code view.SessionChange} says the same
     * in the words of the configuration).
     */
    boolean goesOnAs(PeerConfig other) {
        return name.equals(other.name)
                && endpoint.equals(other.endpoint)
                && opens.equals(other.opens)
                && routerId.equals(other.routerId)
                && fsm.rules().equals(other.fsm.rules());
    }

    private static Opens opens(Peer peer, IpAddress remote, SpeakerSettings settings) {
        boolean both = peer.options().dualStackAddressFamily()
                || peer.endpoint().linkInterface().isPresent();
        List<Family> families =
                both ? List.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST) : List.of(Family.unicast(remote.family()));
        boolean graceful = peer.options().gracefulRestart() || settings.gracefulRestart();
        int restart = (int) settings.timers().restart().toSeconds();
        return new Opens(
                peer.as().localAsn().orElse(peer.as().myAsn()),
                (int) hold(peer.timers(), settings).toSeconds(),
                families,
                graceful ? OptionalInt.of(restart) : OptionalInt.empty(),
                longLived(settings),
                remote.isV6(),
                peer.options().extensions().role().map(PeerConfig::role).orElse(OptionalInt.empty()));
    }

    private static OptionalInt longLived(SpeakerSettings settings) {
        int seconds = (int) settings.timers().longLived().toSeconds();
        return seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds);
    }

    private static OptionalInt role(Peer.Role role) {
        return OptionalInt.of(role.ordinal());
    }

    /** A keepalive time alone means three times as much (metallb: BGPPeer timers). */
    private static Duration hold(Peer.Timers timers, SpeakerSettings settings) {
        return timers.hold()
                .or(() -> timers.keepalive().map(keepalive -> keepalive.multipliedBy(3)))
                .orElse(settings.timers().hold());
    }

    private static Endpoint endpoint(PeerPlan plan, IpAddress remote, Opens opens) {
        Peer peer = plan.peer();
        OptionalInt hops = peer.options().extensions().ttlSecurityHops();
        boolean direct = external(peer, opens) && !peer.endpoint().multihop();
        OptionalInt ttl = hops.isPresent() || peer.endpoint().multihop()
                ? OptionalInt.of(MAX_TTL)
                : direct ? OptionalInt.of(DIRECT_TTL) : OptionalInt.empty();
        return new Endpoint(
                new InetSocketAddress(remote.toInetAddress(), peer.endpoint().port()),
                peer.endpoint().source(),
                peer.endpoint().vrf().or(() -> peer.endpoint().linkInterface()),
                ttl,
                hops.isPresent() ? OptionalInt.of(MAX_TTL + 1 - hops.getAsInt()) : OptionalInt.empty(),
                plan.password());
    }

    private static boolean external(Peer peer, Opens opens) {
        return peer.as().peerAsn().isPresent()
                ? peer.as().peerAsn().getAsLong() != opens.as()
                : peer.as().dynamic().filter(Peer.DynamicAs.EXTERNAL::equals).isPresent();
    }

    IpFamily family() {
        return endpoint.remote().getAddress().getAddress().length == IpFamily.IPV4.bytes()
                ? IpFamily.IPV4
                : IpFamily.IPV6;
    }
}
