package org.heraldlb.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSettings;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemSnapshot.Owner;

/**
 * Why an address can or cannot be reached, as far as one node can tell.
 *
 * @param address which
 * @param node who looked
 * @param findings what was looked at, in the order in which things depend on each other
 * @param next the one thing to do next, empty when nothing is wrong
 */
public record VipDoctor(String address, String node, List<Finding> findings, String next) {

    /**
     * @param links of this host, empty when nobody knows
     * @param settings of the kernel, by name of the interface
     */
    public record Host(List<Link> links, Function<String, Optional<LinkSettings>> settings) {}

    private static final class Examination {
        private final SystemSnapshot snapshot;
        private final IpAddress address;
        private final Host host;
        private final List<Finding> findings = new ArrayList<>();
        private final Optional<Owner> owner;
        private final Optional<L2Announcement> announcement;

        Examination(SystemSnapshot snapshot, IpAddress address, Host host) {
            this.snapshot = snapshot;
            this.address = address;
            this.host = host;
            this.owner = Optional.ofNullable(snapshot.owners().get(address));
            this.announcement = snapshot.plans().l2().announcements().stream()
                    .filter(one -> one.address().equals(address))
                    .findFirst();
        }

        boolean mine() {
            return owner.filter(one -> one.node().equals(snapshot.node())).isPresent();
        }

        void allocated() {
            List<String> services = snapshot.allocation().allocations().values().stream()
                    .filter(allocation -> allocation.addresses().contains(address))
                    .map(allocation -> allocation.service() + " (pool " + allocation.pool() + ")")
                    .toList();
            findings.add(
                    services.isEmpty()
                            ? Finding.bad("allocated", "no service has it", "see vip:list")
                            : Finding.good("allocated", String.join(", ", services)));
        }

        void orders() {
            Maintenance orders = snapshot.cluster().maintenance();
            if (orders.withdrawn().containsKey(address)) {
                findings.add(Finding.bad("orders", "withdrawn on this node by an operator", "vip:restore " + address));
            } else if (orders.drain().phase() != Maintenance.Phase.ACTIVE) {
                findings.add(Finding.doubtful("orders", "this node is being drained", "herald:undrain"));
            } else if (shadowed()) {
                findings.add(Finding.doubtful(
                        "orders", "this node is a shadow and does not announce it", "herald:takeover"));
            } else {
                findings.add(Finding.good("orders", "no operator took it away here"));
            }
        }

        private boolean shadowed() {
            return snapshot.cluster().shadow()
                    && snapshot.allocation().allocations().values().stream()
                            .filter(allocation -> allocation.addresses().contains(address))
                            .noneMatch(allocation -> snapshot.speaksFor(allocation.service()));
        }

        void owner() {
            if (owner.isEmpty()) {
                findings.add(Finding.unknown("owner", "it is not announced by layer 2"));
            } else if (owner.get().node().isEmpty()) {
                findings.add(Finding.bad(
                        "owner", "no node may announce it: " + owner.get().reason(), explain()));
            } else {
                findings.add(Finding.good(
                        "owner",
                        owner.get().node() + " (" + owner.get().reason() + ")"
                                + (mine() ? ", this node" : "; ask there too")));
            }
        }

        private String explain() {
            return snapshot.allocation().allocations().values().stream()
                    .filter(allocation -> allocation.addresses().contains(address))
                    .map(allocation -> allocation.service())
                    .map(NamespacedName::toString)
                    .findFirst()
                    .map(service -> "vip:explain " + service + " shows each node and what excludes it")
                    .orElse("");
        }

        void agreement() {
            Optional<MemberSnapshot> members = snapshot.cluster().members();
            if (members.isEmpty()) {
                findings.add(Finding.unknown("agreement", "nobody watches who is alive (no membership)"));
                return;
            }
            String wanted = owner.map(Owner::node).orElse("");
            List<String> rivals = members.get().members().values().stream()
                    .filter(member -> member.facts().claims().contains(address))
                    .map(MemberSnapshot.Member::node)
                    .filter(name -> !name.equals(wanted))
                    .toList();
            if (!rivals.isEmpty() && !wanted.isEmpty()) {
                findings.add(Finding.doubtful(
                        "agreement",
                        rivals + " claim it too",
                        "wait a second; if it stays, compare vip:explain there"));
            } else if (!members.get().suspects().isEmpty()) {
                findings.add(Finding.doubtful(
                        "agreement",
                        "lost members: " + members.get().suspects(),
                        "see that they do not answer on the link any more: node:list"));
            } else {
                findings.add(
                        Finding.good("agreement", members.get().members().size() + " members, none claims otherwise"));
            }
        }

        void links() {
            if (announcement.isEmpty()) {
                return;
            }
            List<Link> selected = selected();
            if (host.links().isEmpty()) {
                findings.add(Finding.unknown("carrier", "nobody knows the interfaces of this host"));
                return;
            }
            List<String> carrying =
                    selected.stream().filter(VipDoctor::carries).map(Link::name).toList();
            findings.add(
                    carrying.isEmpty()
                            ? Finding.bad("carrier", "no advertised interface is up with carrier", "see ip -br link")
                            : Finding.good("carrier", String.join(", ", carrying)));
            findings.add(subnet(selected));
        }

        private List<Link> selected() {
            return host.links().stream()
                    .filter(link -> !link.has(Link.Flag.LOOPBACK))
                    .filter(link -> announcement.isEmpty()
                            || announcement.get().interfaces().selects(link.name()))
                    .toList();
        }

        private Finding subnet(List<Link> selected) {
            List<String> near = selected.stream()
                    .filter(link -> link.addresses().stream().anyMatch(one -> contains(one, address)))
                    .map(Link::name)
                    .toList();
            return near.isEmpty()
                    ? Finding.doubtful(
                            "subnet",
                            "no advertised interface has an address in its subnet",
                            "clients find it by ARP only in their own subnet: give the router a route to it, or use BGP")
                    : Finding.good("subnet", "in the subnet of " + String.join(", ", near));
        }

        void kernel() {
            List<String> holding = host.links().stream()
                    .filter(link -> link.addresses().stream()
                            .anyMatch(one -> one.address().equals(address)))
                    .map(Link::name)
                    .toList();
            for (Link link : selected()) {
                host.settings().apply(link.name()).ifPresent(settings -> kernel(link, settings, holding));
            }
        }

        private void kernel(Link link, LinkSettings settings, List<String> holding) {
            boolean kernelAnswers = !address.isV6()
                    && !holding.isEmpty()
                    && !holding.contains(link.name())
                    && settings.arpIgnore().orElse(1) == 0;
            if (kernelAnswers) {
                findings.add(Finding.bad(
                        "arp_ignore on " + link.name(),
                        "the address is on " + holding + " and the kernel answers ARP for it here too",
                        "sysctl -w net.ipv4.conf.all.arp_ignore=1 (kube-proxy: strictARP: true) on every node"));
            }
            if (!address.isV6()
                    && settings.rpFilter().orElse(0) == 1
                    && host.links().size() > 2) {
                findings.add(Finding.doubtful(
                        "rp_filter on " + link.name(),
                        "strict: packets of clients whose way back is another interface are dropped",
                        "sysctl -w net.ipv4.conf." + link.name() + ".rp_filter=2 if clients come by several ways"));
            }
            if (address.isV6() && settings.disabledV6().orElse(false)) {
                findings.add(Finding.bad(
                        "disable_ipv6 on " + link.name(),
                        "the interface has no IPv6",
                        "sysctl -w net.ipv6.conf." + link.name() + ".disable_ipv6=0"));
            }
            if (settings.proxyArp().orElse(false)) {
                findings.add(Finding.doubtful(
                        "proxy_arp on " + link.name(),
                        "the kernel answers for addresses that it routes elsewhere",
                        "sysctl -w net.ipv4.conf." + link.name() + ".proxy_arp=0"));
            }
            if (settings.wireless()) {
                findings.add(Finding.doubtful(
                        "driver of " + link.name(),
                        "wireless: access points often keep ARP requests away",
                        "if requests do not arrive (l2:neighbors), set the interface to promiscuous mode"));
            }
        }

        void announcer() {
            if (announcement.isEmpty()) {
                return;
            }
            Optional<AnnouncementStatus> deed = Deeds.of(snapshot).layer2(address);
            if (deed.isEmpty()) {
                findings.add(Finding.bad("announcer", "it has not said anything about it", "see herald:status"));
            } else if (deed.get().state() == AnnouncementStatus.State.ANNOUNCED) {
                findings.add(
                        Finding.good("announcer", "announced on " + deed.get().places()));
            } else {
                findings.add(Finding.bad("announcer", Deeds.text(deed.get()), "see herald:problems"));
            }
        }

        void watchdog() {
            List<Problem> said = snapshot.problems().stream()
                    .filter(problem -> problem.subject().equals(address.toString()))
                    .toList();
            said.forEach(problem -> findings.add(new Finding(
                    "watchdog",
                    problem.severity() == Problem.Severity.ERROR ? "bad" : "doubtful",
                    problem.text(),
                    problem.fix())));
            if (said.isEmpty()) {
                findings.add(Finding.good("watchdog", "nobody else was heard to answer for it"));
            }
        }

        void routes() {
            Map<String, PeerPlan> telling = new TreeMap<>();
            for (PeerPlan peer : snapshot.plans().bgp().peers()) {
                if (peer.routes().stream().anyMatch(route -> route.prefix().contains(address))) {
                    telling.put(peer.name(), peer);
                }
            }
            if (telling.isEmpty()) {
                if (owner.isEmpty()) {
                    findings.add(
                            Finding.bad("routes", "neither by layer 2 nor by BGP is it announced here", explain()));
                }
                return;
            }
            Deeds deeds = Deeds.of(snapshot);
            findings.add(
                    deeds.isRouted(address)
                            ? Finding.good("routes", "told to " + String.join(", ", telling.keySet()))
                            : Finding.bad(
                                    "routes",
                                    "planned for " + String.join(", ", telling.keySet()) + ", told to none",
                                    "bgp:peers, then bgp:doctor PEER"));
        }

        List<Finding> all() {
            allocated();
            orders();
            owner();
            agreement();
            links();
            kernel();
            announcer();
            watchdog();
            routes();
            return List.copyOf(findings);
        }
    }

    private static boolean carries(Link link) {
        return link.has(Link.Flag.UP) && link.has(Link.Flag.RUNNING);
    }

    private static boolean contains(Link.LinkAddress on, IpAddress address) {
        return on.address().family() == address.family()
                && new IpPrefix(on.address(), on.prefixLength()).contains(address);
    }

    /** Looks at everything. Pure. */
    public static VipDoctor of(SystemSnapshot snapshot, IpAddress address, Host host) {
        List<Finding> findings = new Examination(snapshot, address, host).all();
        Finding worst = findings.get(0);
        for (Finding finding : findings) {
            worst = finding.isWorseThan(worst) ? finding : worst;
        }
        return new VipDoctor(address.toString(), snapshot.node(), findings, next(snapshot, address, worst));
    }

    private static String next(SystemSnapshot snapshot, IpAddress address, Finding worst) {
        if (!worst.next().isEmpty()) {
            return worst.next();
        }
        Owner owner = snapshot.owners().get(address);
        boolean elsewhere =
                owner != null && !owner.node().isEmpty() && !owner.node().equals(snapshot.node());
        return elsewhere ? "vip:doctor " + address + " on node " + owner.node() : "";
    }

    /** For people. */
    public String text(Paper paper) {
        StringBuilder out = new StringBuilder(paper.strong(address))
                .append(", as node ")
                .append(node)
                .append(" sees it\n");
        out.append(Table.of(Finding.COLUMNS, findings, "nothing was looked at", paper));
        return next.isEmpty()
                ? out.toString()
                : out.append(paper.doubtful("Next: " + next)).append('\n').toString();
    }
}
