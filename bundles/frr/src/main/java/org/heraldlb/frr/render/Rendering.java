package org.heraldlb.frr.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.frr.config.Names;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;

/** A plan as FRR's configuration, beside what the operator has there. */
public final class Rendering {

    static final String NOTHING_IN = Names.OURS + "in";
    static final String TAGS = Names.OURS + "tag-";
    private static final long SEQUENCES = 65_535;
    /** What FRR takes for granted it does not print. */
    private static final int RESTART_DEFAULT = 120;

    private final FrrSettings settings;
    private final Running running;
    private final Map<String, String> disabled;
    private final Section config = Section.root();
    private final Map<String, Target.Neighbor> neighbors = new TreeMap<>();
    private final Map<String, Networks> networks = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private Rendering(FrrSettings settings, Running running, Map<String, String> disabled) {
        this.settings = settings;
        this.disabled = disabled;
        this.running = running;
    }

    /** @param running what FRR runs now: the operator's part decides what we may do */
    public static Target of(BgpPlan plan, FrrSettings settings, Running running) {
        return of(plan, settings, running, Map.of()).target();
    }

    /** @param disabled peers that are to have no session, with what they are told */
    public static Rendered of(BgpPlan plan, FrrSettings settings, Running running, Map<String, String> disabled) {
        Rendering rendering = new Rendering(settings, running, disabled);
        Map<String, List<PeerPlan>> byVrf = new TreeMap<>();
        for (PeerPlan peer : plan.peers()) {
            rendering.problems.addAll(Limits.problems(peer, settings));
            if (Peers.refusal(peer).isEmpty()) {
                byVrf.computeIfAbsent(Peers.vrf(peer.peer()), vrf -> new ArrayList<>())
                        .add(peer);
            }
        }
        byVrf.forEach(rendering::instance);
        rendering.profiles(byVrf);
        Target target = new Target(rendering.config, rendering.neighbors, List.copyOf(rendering.problems));
        return new Rendered(plan, running.instances(), disabled, target, rendering.networks);
    }

    /** Name of the route map that says what a peer is told. */
    static String out(String peer) {
        return Names.OURS + "out-" + Names.encode(peer);
    }

    private void instance(String vrf, List<PeerPlan> all) {
        Running.Instance present = running.instances().get(vrf);
        List<PeerPlan> peers = ofOneAs(vrf, all, present);
        if (peers.isEmpty()) {
            return;
        }
        boolean ours = present == null || present.isOurs();
        if (!ours && present.checksImport()) {
            problems.add(Problem.error(
                            "frrInstance",
                            "router bgp " + present.as(),
                            "FRR would not announce addresses that are not in the kernel's table")
                    .withFix("add \"no bgp network import-check\" to it"));
        }
        if (ours) {
            config.add(Running.marker(vrf));
        }
        config.add("route-map " + NOTHING_IN + " deny 10");
        RouteClasses routes = RouteClasses.of(peers);
        maps(routes, peers);
        peers.forEach(peer -> Limits.bandwidth(peer, routes).ifPresent(problems::add));
        Section router = config.section(
                "router bgp " + peers.get(0).peer().as().myAsn() + (vrf.equals("default") ? "" : " vrf " + vrf));
        networks.put(
                vrf,
                Networks.of(
                        router.header(),
                        peers,
                        routes,
                        present == null ? Set.of() : present.foreignNetworks(),
                        ours || !present.checksImport()));
        if (ours) {
            own(router, peers);
        }
        peers.forEach(peer -> {
            router.addAll(Peers.lines(peer, settings));
            Optional.ofNullable(disabled.get(peer.name()))
                    .ifPresent(reason -> router.add(Peers.shutdown(peer.peer(), reason)));
            Peer each = peer.peer();
            neighbors.put(
                    peer.name(),
                    new Target.Neighbor(
                            vrf,
                            Peers.key(each),
                            Peers.families(each),
                            each.as().peerAsn().orElse(0)));
        });
        for (IpFamily family : IpFamily.values()) {
            family(router, family, routes, peers, present);
        }
    }

    /** FRR has one AS and one router id for each VRF, and one neighbour for each address. */
    private List<PeerPlan> ofOneAs(String vrf, List<PeerPlan> all, Running.Instance present) {
        List<PeerPlan> peers = new ArrayList<>();
        Map<String, PeerPlan> keys = new LinkedHashMap<>();
        String as = present != null && !present.isOurs()
                ? present.as()
                : Long.toString(all.get(0).peer().as().myAsn());
        for (PeerPlan plan : all) {
            String key = Peers.key(plan.peer());
            if (!as.equals(Long.toString(plan.peer().as().myAsn()))) {
                refuse(
                        "frrInstance",
                        plan,
                        "spec.myASN " + plan.peer().as().myAsn() + ": FRR has AS " + as + " in VRF " + vrf
                                + ", and one AS for each VRF");
            } else if (present != null && present.foreignNeighbors().contains(key)) {
                refuse("frrNeighbor", plan, "FRR has a neighbor " + key + " that is not ours");
            } else if (keys.putIfAbsent(key, plan) != null) {
                refuse(
                        "frrNeighbor",
                        plan,
                        "FRR has one neighbor for each address, and " + key + " is that of "
                                + keys.get(key).name());
            } else {
                peers.add(plan);
            }
        }
        return peers;
    }

    private void refuse(String code, PeerPlan plan, String text) {
        problems.add(Problem.error(code, subject(plan), text)
                .withFix("change one of them, or announce by the native backend"));
    }

    private void own(Section router, List<PeerPlan> peers) {
        Optional<IpAddress> first = peers.stream()
                .flatMap(peer -> peer.peer().options().routerId().stream())
                .findFirst();
        first.or(settings::routerId).ifPresent(id -> router.add("bgp router-id " + id));
        peers.stream()
                .filter(peer -> peer.peer()
                        .options()
                        .routerId()
                        .filter(id -> !id.equals(first.get()))
                        .isPresent())
                .forEach(peer -> problems.add(Problem.warning(
                        "frrInstance", subject(peer), "spec.routerID: FRR has one for each VRF, " + first.get())));
        router.add("no bgp ebgp-requires-policy");
        router.add("no bgp default ipv4-unicast");
        router.add("coalesce-time " + settings.coalesceMillis());
        if (settings.restartSeconds() != RESTART_DEFAULT) {
            router.add("bgp graceful-restart restart-time " + settings.restartSeconds());
        }
        router.add("bgp graceful-restart preserve-fw-state");
        router.add("no bgp network import-check");
    }

    private void maps(RouteClasses routes, List<PeerPlan> peers) {
        for (long tag : routes.classes().keySet()) {
            config.section("route-map " + Networks.map(tag) + " permit 10").add("set tag " + tag);
        }
        for (PeerPlan peer : peers) {
            Set<Long> used = new HashSet<>();
            long prependAs = Peers.internal(peer.peer()) ? 0 : Peers.visibleAs(peer.peer());
            routes.classes().forEach((tag, each) -> each.of(peer.name()).ifPresent(attributes -> {
                Section entry = config.section("route-map " + out(peer.name()) + " permit " + sequence(tag, used));
                entry.add("match tag " + tag);
                AttributeLines.add(entry, attributes, prependAs);
            }));
            if (used.isEmpty()) {
                config.add("route-map " + out(peer.name()) + " deny " + SEQUENCES);
            }
        }
    }

    /** Depends on the tag alone where it can, so that no entry moves when another comes. */
    private static long sequence(long tag, Set<Long> used) {
        long sequence = 1 + tag % (SEQUENCES - 1);
        while (!used.add(sequence)) {
            sequence = 1 + sequence % (SEQUENCES - 1);
        }
        return sequence;
    }

    private void family(
            Section router, IpFamily family, RouteClasses routes, List<PeerPlan> peers, Running.Instance present) {
        Section section = new Section(Networks.family(family));
        routes.tags().forEach((prefix, tag) -> {
            if (prefix.family() != family) {
                return;
            }
            if (present != null && present.foreignNetworks().contains(prefix.toString())) {
                problems.add(
                        Problem.error("frrNetwork", "network " + prefix, "FRR announces it already, and not for us")
                                .withFix("remove the line from FRR, or the address from the pool"));
            } else {
                section.add(Networks.line(prefix, tag));
            }
        });
        peers.stream()
                .filter(peer -> Peers.families(peer.peer()).contains(family))
                .forEach(peer -> Peers.family(section, peer, settings));
        if (!section.isEmpty()) {
            router.put(section);
        }
    }

    private void profiles(Map<String, List<PeerPlan>> byVrf) {
        Section bfd = new Section("bfd");
        byVrf.values().stream()
                .flatMap(List::stream)
                .filter(peer -> neighbors.containsKey(peer.name()))
                .flatMap(peer -> Peers.bfd(peer).stream())
                .forEach(profile -> bfd.put(BfdLines.section(profile)));
        if (!bfd.isEmpty()) {
            config.put(bfd);
        }
    }

    static String subject(PeerPlan plan) {
        return plan.peer().ref().toString();
    }
}
