package org.heraldlb.frr.render;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Peer.DynamicAs;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.frr.config.Names;
import org.heraldlb.frr.config.Section;

/** One peer as the lines of one neighbour. */
final class Peers {

    private static final int DEFAULT_PORT = 179;
    private static final int KEEPALIVES = 3;
    private static final int MAX_REASON = 120;
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9.,:;_()/-]+");

    private Peers() {}

    /** Address or interface: what FRR calls the neighbour. */
    static String key(Peer peer) {
        return peer.endpoint()
                .address()
                .map(IpAddress::toString)
                .or(() -> peer.endpoint().linkInterface())
                .orElse("");
    }

    static String vrf(Peer peer) {
        return peer.endpoint().vrf().orElse("default");
    }

    static Set<IpFamily> families(Peer peer) {
        boolean both = peer.options().dualStackAddressFamily()
                || peer.endpoint().linkInterface().isPresent();
        return both
                ? EnumSet.allOf(IpFamily.class)
                : EnumSet.of(peer.endpoint().address().orElseThrow().family());
    }

    static boolean internal(Peer peer) {
        return peer.as().peerAsn().isPresent()
                ? peer.as().peerAsn().getAsLong() == peer.as().myAsn()
                : peer.as().dynamic().filter(DynamicAs.INTERNAL::equals).isPresent();
    }

    /** The AS that the peer sees. */
    static long visibleAs(Peer peer) {
        return peer.as().localAsn().orElse(peer.as().myAsn());
    }

    /** Why FRR must never see this peer; empty when it may. */
    static Optional<String> refusal(PeerPlan plan) {
        Peer peer = plan.peer();
        if (peer.endpoint()
                .linkInterface()
                .filter(name -> !Names.isDevice(name))
                .isPresent()) {
            return Optional.of("spec.interface: FRR cannot take this name of an interface");
        }
        if (peer.endpoint().vrf().filter(name -> !Names.isDevice(name)).isPresent()) {
            return Optional.of("spec.vrf: FRR cannot take this name of a VRF");
        }
        if (plan.password().filter(secret -> !Names.isPassword(secret.reveal())).isPresent()) {
            return Optional.of("the password: FRR takes 1 to 80 printable ASCII characters without blanks");
        }
        return Optional.empty();
    }

    /** The profile, where FRR can keep to it: without the authentication that is asked for there is no session. */
    static Optional<BfdProfile> bfd(PeerPlan plan) {
        return plan.bfd().filter(profile -> profile.authentication().isEmpty());
    }

    /** Lines of the instance. */
    static List<String> lines(PeerPlan plan, FrrSettings settings) {
        Peer peer = plan.peer();
        String neighbor = "neighbor " + key(peer) + " ";
        List<String> lines = new ArrayList<>();
        String remote = "remote-as "
                + (peer.as().peerAsn().isPresent()
                        ? Long.toString(peer.as().peerAsn().getAsLong())
                        : internal(peer) ? "internal" : "external");
        lines.add(neighbor + (peer.endpoint().linkInterface().isPresent() ? "interface " : "") + remote);
        if (visibleAs(peer) != peer.as().myAsn() && !internal(peer)) {
            lines.add(neighbor + "local-as " + visibleAs(peer) + " no-prepend replace-as");
        }
        lines.add(neighbor + "description " + Names.DESCRIPTION + Names.encode(plan.name()));
        bfd(plan).ifPresent(profile -> {
            lines.add(neighbor + "bfd");
            lines.add(neighbor + "bfd profile " + BfdLines.name(profile));
        });
        plan.password().ifPresent(secret -> lines.add(neighbor + "password " + secret.reveal()));
        options(peer, neighbor, lines);
        timers(peer, settings, neighbor, lines);
        if (peer.options().gracefulRestart() || settings.gracefulRestart()) {
            lines.add(neighbor + "graceful-restart");
        }
        return lines;
    }

    /** The text (RFC 9003) becomes one line of plain words: it is part of a command. */
    static String shutdown(Peer peer, String reason) {
        String words = NOT_PLAIN.matcher(reason).replaceAll(" ").strip();
        String plain =
                words.length() > MAX_REASON ? words.substring(0, MAX_REASON).strip() : words;
        return "neighbor " + key(peer) + " shutdown" + (plain.isEmpty() ? "" : " message " + plain);
    }

    private static void options(Peer peer, String neighbor, List<String> lines) {
        if (peer.endpoint().port() != DEFAULT_PORT) {
            lines.add(neighbor + "port " + peer.endpoint().port());
        }
        if (peer.options().extensions().passive()) {
            lines.add(neighbor + "passive");
        }
        if (peer.options().extensions().ttlSecurityHops().isPresent()) {
            lines.add(neighbor + "ttl-security hops "
                    + peer.options().extensions().ttlSecurityHops().getAsInt());
        } else if (peer.endpoint().multihop()) {
            lines.add(neighbor + "ebgp-multihop 255");
        } else if (connectedCheckIsWrong(peer)) {
            lines.add(neighbor + "disable-connected-check");
        }
        peer.options()
                .extensions()
                .role()
                .filter(role -> !internal(peer))
                .ifPresent(role -> lines.add(neighbor + "local-role "
                        + switch (role) {
                            case PROVIDER -> "provider";
                            case RS -> "rs-server";
                            case RS_CLIENT -> "rs-client";
                            case CUSTOMER -> "customer";
                            case PEER -> "peer";
                        }));
        peer.endpoint().source().ifPresent(source -> lines.add(neighbor + "update-source " + source));
    }

    /** FRR looks for the route to an IPv6 neighbour before it has one, and gives up (metallb: frr.conf template). */
    private static boolean connectedCheckIsWrong(Peer peer) {
        return !internal(peer)
                && !peer.options().dualStackAddressFamily()
                && peer.endpoint().address().filter(IpAddress::isV6).isPresent();
    }

    private static void timers(Peer peer, FrrSettings settings, String neighbor, List<String> lines) {
        Optional<Duration> hold =
                peer.timers().hold().or(() -> peer.timers().keepalive().map(each -> each.multipliedBy(KEEPALIVES)));
        if (hold.isEmpty() && settings.holdSeconds().isPresent()) {
            hold = Optional.of(Duration.ofSeconds(settings.holdSeconds().getAsInt()));
        }
        hold.ifPresent(time -> lines.add(neighbor + "timers "
                + peer.timers().keepalive().orElse(time.dividedBy(KEEPALIVES)).toSeconds()
                + " " + time.toSeconds()));
        long connect = peer.timers().connect().map(Duration::toSeconds).orElse((long) settings.connectSeconds());
        lines.add(neighbor + "timers connect " + connect);
    }

    /** Lines of one address family. */
    static void family(Section family, PeerPlan plan, FrrSettings settings) {
        String neighbor = "neighbor " + key(plan.peer()) + " ";
        family.add(neighbor + "activate");
        if (settings.keepReceived()) {
            family.add(neighbor + "soft-reconfiguration inbound");
        }
        family.add(neighbor + "route-map " + Rendering.NOTHING_IN + " in");
        family.add(neighbor + "route-map " + Rendering.out(plan.name()) + " out");
    }
}
