package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.election.HashOrder;
import org.heraldlb.core.election.Placement;
import org.heraldlb.core.election.Placement.Choice;
import org.heraldlb.core.election.Placement.Seat;
import org.heraldlb.core.sorted.SortedArrayMap;

/**
 * Owners that depend on each other, or on who owns now. What nodes have agreed upon is seated apart from the rest, which
 * may look different on another node. Not thread-safe.
 */
final class Seating {

    /** Stands for nobody in a {@link Choice}. */
    static final int NOBODY = -1;

    private final KnownNodes nodes;
    private final HashOrder order;
    private final boolean agreement;
    private final Map<IpAddress, List<Integer>> available;
    private final Map<IpAddress, List<Integer>> agreed;
    private final Map<IpAddress, List<Integer>> before;

    Seating(KnownNodes nodes, Liveness liveness) {
        this.nodes = nodes;
        this.order = new HashOrder(nodes.hashing);
        this.agreement = liveness.agreement().isPresent();
        this.available = claims(liveness.facts());
        this.agreed = liveness.agreement()
                .map(one -> claims(Liveness.factsOf(one.members())))
                .orElse(available);
        this.before = liveness.agreement()
                .flatMap(Agreement::before)
                .map(members -> claims(Liveness.factsOf(members)))
                .orElse(Map.of());
    }

    private Map<IpAddress, List<Integer>> claims(SortedMap<String, NodeFacts> facts) {
        Map<IpAddress, List<Integer>> claims = new HashMap<>();
        facts.forEach((name, its) -> its.claims()
                .forEach(address -> claims.computeIfAbsent(address, wanted -> new ArrayList<>(1))
                        .add(nodes.index(name))));
        return claims;
    }

    /** Seats the addresses of {@code special}, which are all that need it. */
    SortedArrayMap<IpAddress, Choice> place(Collection<ServiceDecision> special, Function<IpAddress, AddressUse> uses) {
        Map<ServiceDecision, List<IpAddress>> parties = parties(special, uses);
        Predicate<ServiceDecision> isAgreed = decider -> agreement && decider.l2.isAgreed();
        SortedMap<IpAddress, Choice> placed = new TreeMap<>();
        placed.putAll(Placement.place(seats(parties, isAgreed.negate(), View.AVAILABLE), order));
        placed.putAll(Placement.place(seats(parties, isAgreed, View.AGREED), order));
        SortedMap<IpAddress, Choice> earlier =
                Placement.place(seats(parties, decider -> decider.tierBefore != null, View.BEFORE), order);
        parties.forEach((decider, addresses) -> {
            if (decider.tierBefore != null) {
                addresses.forEach(address -> agree(address, decider, placed, earlier));
            }
        });
        return SortedArrayMap.copyOf(placed);
    }

    private enum View {
        AVAILABLE,
        AGREED,
        BEFORE
    }

    /** Both families of a service follow its first address, so a service is one seat. */
    private static Map<ServiceDecision, List<IpAddress>> parties(
            Collection<ServiceDecision> special, Function<IpAddress, AddressUse> uses) {
        NavigableSet<IpAddress> addresses = new TreeSet<>();
        special.forEach(decision -> addresses.addAll(decision.allocation.addresses()));
        Map<ServiceDecision, List<IpAddress>> parties = new LinkedHashMap<>();
        addresses.forEach(
                address -> parties.computeIfAbsent(uses.apply(address).decider(), decider -> new ArrayList<>())
                        .add(address));
        return parties;
    }

    private List<Seat> seats(
            Map<ServiceDecision, List<IpAddress>> parties, Predicate<ServiceDecision> which, View view) {
        List<Seat> seats = new ArrayList<>();
        parties.forEach((decider, addresses) -> {
            int[] tier = view == View.BEFORE ? decider.tierBefore : decider.tier;
            if (which.test(decider) && tier.length > 0) {
                Optional<Integer> claimant = claimant(addresses.get(0), decider, view);
                if (decider.isArranged() || claimant.isPresent()) {
                    seats.add(new Seat(
                            addresses,
                            tier,
                            decider.hashText,
                            decider.l2.ownership.spread(),
                            decider.l2.ownership.antiAffinityGroup(),
                            claimant));
                }
            }
        });
        return seats;
    }

    /** Who has it; of several, which a healed partition leaves behind, the first by hash. */
    private Optional<Integer> claimant(IpAddress address, ServiceDecision decider, View view) {
        if (!decider.l2.ownership.sticky()) {
            return Optional.empty();
        }
        Map<IpAddress, List<Integer>> claims =
                view == View.AVAILABLE ? available : view == View.AGREED ? agreed : before;
        int[] claimants = claims.getOrDefault(address, List.of()).stream()
                .mapToInt(Integer::intValue)
                .filter(node -> node >= 0 && (view == View.BEFORE ? decider.mightOwn(node) : decider.mayOwn(node)))
                .toArray();
        return claimants.length == 0 ? Optional.empty() : Optional.of(order.first(claimants, decider.hashText));
    }

    /** Only who owns by both agreements answers. */
    private void agree(
            IpAddress address,
            ServiceDecision decider,
            SortedMap<IpAddress, Choice> placed,
            SortedMap<IpAddress, Choice> earlier) {
        int is = winner(placed.get(address), decider.tier, decider);
        int was = winner(earlier.get(address), decider.tierBefore, decider);
        if (is != was) {
            placed.put(address, new Choice(NOBODY, Reasons.AGREEMENT_CHANGING));
        } else if (!placed.containsKey(address) && earlier.containsKey(address)) {
            // Plain hashing against the plain hashing of before would be asked otherwise.
            placed.put(address, new Choice(is, Reasons.BY_HASH));
        }
    }

    private int winner(Choice placed, int[] tier, ServiceDecision decider) {
        return placed == null ? order.first(tier, decider.hashText) : placed.node();
    }
}
