package org.heraldlb.k8ssource.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.report.Report.Kind;
import org.heraldlb.k8ssource.report.Report.Target;

/** The reports that a snapshot stands for. Pure. */
public final class Reports {

    private static final int LABEL_LENGTH = 63;

    private Reports() {}

    /**
     * Everything that this node is to have written. A shadow leaves pools and configuration to whom it is the shadow of.
     *
     * @param source id of the Kubernetes source: only its objects are reported on
     * @param lead this node also reports for the whole cluster
     */
    public static SortedMap<String, Report> of(SystemSnapshot snapshot, String source, boolean lead) {
        return of(snapshot, source, lead, snapshot.problems(), Reports::digest);
    }

    /**
     * The same.
     *
     * @param own problems of this node's configuration, as {@link OwnProblems} has them
     * @param digest as {@link #digest}, remembered
     */
    static SortedMap<String, Report> of(
            SystemSnapshot snapshot, String source, boolean lead, List<Problem> own, UnaryOperator<String> digest) {
        List<Report> reports = new ArrayList<>();
        boolean shadow = snapshot.cluster().shadow();
        if (lead && !shadow) {
            reports.addAll(pools(snapshot, source));
            reports.add(configuration(snapshot, own, "controller", "controller", "poolReconcilerValid"));
        }
        if (!shadow) {
            reports.add(configuration(snapshot, own, "speaker-" + snapshot.node(), "speaker", "configReconcilerValid"));
        }
        reports.addAll(layer2(snapshot, digest));
        reports.addAll(bgp(snapshot, digest));
        reports.addAll(sessions(snapshot, source));
        SortedMap<String, Report> byName = new TreeMap<>();
        reports.forEach(report ->
                byName.put(report.target().kind() + "/" + report.target().name(), report));
        return byName;
    }

    private static List<Report> pools(SystemSnapshot snapshot, String source) {
        Map<String, AddressPool> pools = new HashMap<>();
        snapshot.intent().addressing().pools().forEach(pool -> pools.put(pool.name(), pool));
        List<Report> reports = new ArrayList<>();
        for (PoolUsage usage : snapshot.allocation().usage()) {
            AddressPool pool = pools.get(usage.pool());
            if (pool != null && pool.origin().source().equals(source)) {
                Kind kind = pool.origin().document().contains(".heraldlb.org") ? Kind.HERALD_POOL : Kind.POOL;
                reports.add(new Report(new Target(kind, usage.pool()), Map.of(), counters(usage)));
            }
        }
        return reports;
    }

    private static Map<String, Object> counters(PoolUsage usage) {
        return Map.of(
                "assignedIPv4", usage.assignedIPv4(),
                "assignedIPv6", usage.assignedIPv6(),
                "availableIPv4", usage.availableIPv4(),
                "availableIPv6", usage.availableIPv6());
    }

    /** As MetalLB: the controller looks at pools and communities, the speakers at everything. */
    private static Report configuration(
            SystemSnapshot snapshot, List<Problem> own, String name, String component, String condition) {
        List<String> errors = own.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> concerns(problem, component))
                .map(problem -> problem.subject() + ": " + problem.text())
                .distinct()
                .toList();
        boolean valid = errors.isEmpty();
        Map<String, Object> state = Map.of(
                "type",
                condition,
                "status",
                valid ? "True" : "False",
                "reason",
                valid ? "Reconciled" : "ConfigurationError",
                "message",
                String.join("\n", errors));
        Map<String, String> labels = component.equals("controller")
                ? Map.of("metallb.io/component-type", component)
                : Map.of("metallb.io/component-type", component, "metallb.io/node-name", label(snapshot.node()));
        return new Report(
                new Target(Kind.CONFIGURATION, name),
                labels,
                Map.of(
                        "result", valid ? "Valid" : "Invalid",
                        "errorSummary", String.join("\n", errors),
                        "conditions", List.of(state)));
    }

    private static boolean concerns(Problem problem, String component) {
        String kind = problem.subject().split(" ", 2)[0];
        return switch (kind) {
            case "IPAddressPool", "Community" -> true;
            case "L2Advertisement", "BGPAdvertisement", "BGPPeer", "BFDProfile" -> component.equals("speaker");
            default -> false;
        };
    }

    /** All addresses of a service; no interfaces mean all of them, as MetalLB has it. */
    private static List<Report> layer2(SystemSnapshot snapshot, UnaryOperator<String> digest) {
        Map<IpPrefix, AnnouncementStatus> announced = new HashMap<>();
        snapshot.progress().announcers().forEach(announcer -> announcer.announcements().stream()
                .filter(one -> one.state() == AnnouncementStatus.State.ANNOUNCED
                        || one.state() == AnnouncementStatus.State.PARTIAL)
                .forEach(one -> announced.put(one.prefix(), one)));
        SortedMap<NamespacedName, SortedSet<String>> interfaces = new TreeMap<>();
        for (L2Announcement one : snapshot.plans().l2().announcements()) {
            AnnouncementStatus status = announced.get(IpPrefix.host(one.address()));
            if (status != null) {
                for (NamespacedName service : one.services()) {
                    SortedSet<String> names = interfaces.computeIfAbsent(service, name -> new TreeSet<>());
                    if (!one.interfaces().all()) {
                        names.addAll(status.places());
                    }
                }
            }
        }
        List<Report> reports = new ArrayList<>();
        interfaces.forEach((service, names) -> reports.add(service(
                snapshot,
                new Target(Kind.L2_STATUS, name(snapshot, "l2", service, digest)),
                service,
                "interfaces",
                names.stream().map(name -> Map.of("name", name)).toList())));
        return reports;
    }

    private static List<Report> bgp(SystemSnapshot snapshot, UnaryOperator<String> digest) {
        SortedMap<NamespacedName, SortedSet<String>> peers = new TreeMap<>();
        Map<IpAddress, List<NamespacedName>> owners = new HashMap<>();
        for (Allocation allocation : snapshot.allocation().allocations().values()) {
            allocation.addresses().forEach(address -> owners.computeIfAbsent(address, any -> new ArrayList<>())
                    .add(allocation.service()));
        }
        for (PeerPlan peer : snapshot.plans().bgp().peers()) {
            for (Route route : peer.routes()) {
                served(route.prefix(), owners)
                        .forEach(service -> peers.computeIfAbsent(service, name -> new TreeSet<>())
                                .add(peer.name()));
            }
        }
        List<Report> reports = new ArrayList<>();
        peers.forEach((service, names) -> reports.add(service(
                snapshot,
                new Target(Kind.BGP_STATUS, name(snapshot, "bgp", service, digest)),
                service,
                "peers",
                List.copyOf(names))));
        return reports;
    }

    /** One for each session of this node with a peer of the source's. Only whether it is up: what it tries changes often. */
    private static List<Report> sessions(SystemSnapshot snapshot, String source) {
        Set<String> peers = snapshot.intent().advertising().peers().stream()
                .filter(peer -> peer.origin().source().equals(source))
                .map(Peer::name)
                .collect(Collectors.toSet());
        List<Report> reports = new ArrayList<>();
        snapshot.progress().announcers().stream()
                .flatMap(announcer -> announcer.sessions().stream())
                .filter(session -> peers.contains(session.peer()))
                .forEach(session -> reports.add(session(snapshot.node(), session)));
        return reports;
    }

    private static Report session(String node, SessionStatus session) {
        boolean up = session.state() == SessionStatus.State.ESTABLISHED;
        Map<String, Object> status = Map.of(
                "node", node,
                "peer", session.peer(),
                "remote", session.remote(),
                "bgpStatus", up ? session.state().text() : "Down",
                "bfdStatus", session.bfd().orElse("N/A"));
        Map<String, String> labels = Map.of(Report.NODE, label(node), Report.PEER, label(session.peer()));
        return new Report(new Target(Kind.SESSION, "peer-" + digest(session.peer() + "@" + node)), labels, status);
    }

    /** Most routes are of one address: only aggregates are searched for theirs. */
    private static List<NamespacedName> served(IpPrefix prefix, Map<IpAddress, List<NamespacedName>> owners) {
        if (prefix.isHost()) {
            return owners.getOrDefault(prefix.address(), List.of());
        }
        return owners.entrySet().stream()
                .filter(entry -> prefix.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static Report service(
            SystemSnapshot snapshot, Target target, NamespacedName service, String field, Object value) {
        Map<String, String> labels = Map.of(
                Report.NODE, label(snapshot.node()),
                Report.SERVICE_NAME, label(service.name()),
                Report.SERVICE_NAMESPACE, label(service.namespace()));
        Map<String, Object> status = Map.of(
                "node",
                snapshot.node(),
                "serviceName",
                service.name(),
                "serviceNamespace",
                service.namespace(),
                field,
                value);
        return new Report(target, labels, status);
    }

    private static String name(
            SystemSnapshot snapshot, String prefix, NamespacedName service, UnaryOperator<String> digest) {
        return prefix + "-" + digest.apply(service + "@" + snapshot.node());
    }

    /** Values of labels are short. */
    public static String label(String text) {
        return text.length() <= LABEL_LENGTH ? text : text.substring(0, LABEL_LENGTH - 9) + "-" + digest(text);
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
