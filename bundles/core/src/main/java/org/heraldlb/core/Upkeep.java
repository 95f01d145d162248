package org.heraldlb.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Drain;
import org.heraldlb.api.system.Maintenance.Order;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.core.maintenance.DrainState;
import org.heraldlb.core.maintenance.DrainState.Waiting;
import org.heraldlb.core.maintenance.DrainWaits;
import org.heraldlb.core.maintenance.Lingering;
import org.heraldlb.core.maintenance.Orders;
import org.heraldlb.core.maintenance.Shaping;
import org.heraldlb.core.plan.ClusterPlan;
import org.heraldlb.core.plan.NodePlans;

/** What operators asked of this node, and how far it is. The loop's. */
final class Upkeep {

    /** An address that another node owns by now, and that this node answers for until that node does. */
    private record Kept(L2Announcement announcement, String owner, List<Assignment> assignments) {}

    private final OrdersFile file;
    private Orders orders;
    private DrainState drain;
    private Optional<Order> stopping = Optional.empty();
    private Waiting waiting = new Waiting(false, false, false);
    private SortedMap<IpAddress, Kept> kept = new TreeMap<>();
    private final Lingering lingering = new Lingering();
    private List<L2Watch> watches = List.of();
    private NodePlans told;
    private String self = "";

    Upkeep(OrdersFile file, Instant now, long nowNanos) {
        this.file = file;
        this.orders = file.orders().at(now);
        this.drain = orders.drain().isPresent() ? DrainState.drained(nowNanos) : DrainState.ACTIVE;
    }

    Orders orders() {
        return orders;
    }

    void change(Orders next) {
        orders = next;
        file.save(next);
    }

    void drain(Order order, long nowNanos) {
        change(orders.withDrain(Optional.of(order)));
        if (!drain.leaves() || drain.forStop()) {
            drain = DrainState.begin(nowNanos, false);
        }
    }

    void undrain() {
        change(orders.withDrain(Optional.empty()));
        stopping = Optional.empty();
        drain = DrainState.ACTIVE;
    }

    /** The process ends. Not written down: it takes part again when it comes back. */
    void stop(Order order, long nowNanos) {
        if (!drain.leaves()) {
            stopping = Optional.of(order);
            drain = DrainState.begin(nowNanos, true);
        }
    }

    boolean leaves() {
        return drain.leaves();
    }

    Phase phase() {
        return drain.phase();
    }

    /** Services whose addresses this node does not announce: others may. */
    Set<NamespacedName> withdrawnServices(Map<NamespacedName, Allocation> allocations) {
        Set<NamespacedName> services = new HashSet<>();
        if (!orders.withdrawn().isEmpty()) {
            allocations.forEach((name, allocation) -> {
                if (allocation.addresses().stream().anyMatch(orders.withdrawn()::containsKey)) {
                    services.add(name);
                }
            });
        }
        return services;
    }

    void watches(List<L2Watch> next) {
        watches = next;
    }

    List<L2Watch> watches() {
        return watches;
    }

    /** The plans to tell after {@code plan}. */
    NodePlans shape(ClusterPlan plan, String node, Optional<MemberSnapshot> members, long nowNanos) {
        self = node;
        lingering.withdrawn(orders.withdrawn().keySet(), told == null ? null : told.bgp(), nowNanos);
        NodePlans planned = plan.plans(node);
        kept = drain.phase() == Phase.HANDING_OVER ? kept(plan, planned, members) : new TreeMap<>();
        waiting = new Waiting(
                !kept.isEmpty(),
                planned.bgp().peers().stream().anyMatch(peer -> !peer.routes().isEmpty()),
                !planned.bgp().peers().isEmpty());
        Shaping shaping = new Shaping(
                drain,
                kept.values().stream().map(Kept::announcement).toList(),
                kept.values().stream()
                        .flatMap(one -> one.assignments().stream())
                        .toList(),
                orders.withdrawn().keySet(),
                lingering.addresses(),
                watches);
        told = shaping.shape(planned);
        return told;
    }

    private SortedMap<IpAddress, Kept> kept(ClusterPlan plan, NodePlans planned, Optional<MemberSnapshot> members) {
        SortedMap<IpAddress, Kept> keeps = new TreeMap<>();
        if (told == null || members.isEmpty()) {
            return keeps;
        }
        Set<IpAddress> own = new HashSet<>();
        planned.l2().announcements().forEach(one -> own.add(one.address()));
        for (L2Announcement one : told.l2().announcements()) {
            if (!own.contains(one.address()) && moves(one, members.get())) {
                var owner = plan.owners().get(one.address());
                if (owner != null && isAwaited(owner.node(), members.get())) {
                    keeps.put(one.address(), new Kept(one, owner.node(), assignments(one.address())));
                }
            }
        }
        return keeps;
    }

    /** What everybody has agreed upon moves at one moment: whoever went on answering would be the second. */
    private static boolean moves(L2Announcement one, MemberSnapshot members) {
        return one.mode() == org.heraldlb.api.intent.L2Advertisement.Mode.AVAILABLE
                || !members.agreement().held();
    }

    private boolean isAwaited(String owner, MemberSnapshot members) {
        Member member = members.members().get(owner);
        return member != null
                && !owner.equals(self)
                && !member.facts().tookOver().contains(self);
    }

    private List<Assignment> assignments(IpAddress address) {
        return told.addresses().assignments().stream()
                .filter(one -> one.address().equals(address))
                .toList();
    }

    /** Lets time and news act; true when other plans are to be told. */
    boolean advance(Optional<MemberSnapshot> members, DrainWaits waits, Instant now, long nowNanos) {
        Orders current = orders.at(now);
        boolean changed = current != orders;
        if (changed) {
            boolean drainIsOver = orders.drain().isPresent() && current.drain().isEmpty();
            change(current);
            drain = drainIsOver ? DrainState.ACTIVE : drain;
        }
        changed |= kept.values().removeIf(one -> members.isEmpty() || !isAwaited(one.owner(), members.get()));
        waiting = new Waiting(!kept.isEmpty(), waiting.routes(), waiting.peers());
        DrainState next = drain.next(waiting, waits, nowNanos);
        changed |= next.phase() != drain.phase();
        changed |= lingering.expire(waits.withdraw(), nowNanos);
        drain = next;
        return changed;
    }

    /** {@link Long#MAX_VALUE} when nothing becomes true by time alone. */
    long nanosToNext(DrainWaits waits, long nowNanos) {
        return Math.min(drain.nanosLeft(waiting, waits, nowNanos), lingering.nanosLeft(waits.withdraw(), nowNanos));
    }

    /** Peers without a session, and what they are told (RFC 9003). */
    SortedMap<String, String> disabledPeers() {
        SortedMap<String, String> reasons = new TreeMap<>();
        if (drain.phase() == Phase.DRAINED && !drain.forStop() && told != null) {
            String reason = orders.drain().map(Order::reason).orElse("");
            told.bgp().peers().forEach(peer -> reasons.put(peer.name(), reason.isEmpty() ? "drained" : reason));
        }
        orders.disabledPeers().forEach((peer, order) -> reasons.put(peer, order.reason()));
        return reasons;
    }

    Maintenance maintenance(DrainWaits waits, long nowNanos) {
        Optional<Order> order = orders.drain().or(() -> stopping);
        Drain shown = drain.leaves() ? new Drain(drain.phase(), order, lines(waits, nowNanos)) : Drain.NONE;
        return new Maintenance(shown, orders.withdrawn(), orders.disabledPeers());
    }

    private List<String> lines(DrainWaits waits, long nowNanos) {
        List<String> lines = new ArrayList<>();
        if (drain.phase() == Phase.HANDING_OVER) {
            SortedMap<String, Integer> byOwner = new TreeMap<>();
            kept.values().forEach(one -> byOwner.merge(one.owner(), 1, Integer::sum));
            byOwner.forEach((owner, count) -> lines.add(owner + " to announce " + count(count)));
            if (waiting.routes() && !drain.forStop()) {
                lines.add("routers to prefer other paths (GRACEFUL_SHUTDOWN)");
            }
        } else if (drain.phase() == Phase.WITHDRAWING) {
            lines.add("routers to forget the withdrawn routes");
        }
        return lines;
    }

    private static String count(int addresses) {
        return addresses == 1 ? "1 address" : addresses + " addresses";
    }

    Collection<org.heraldlb.api.Problem> problems() {
        return file.problems();
    }
}
