package org.heraldlb.core.election;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.net.IpAddress;

/**
 * Owners of addresses whose advertisements ask for an even spread or for anti-affinity. These depend on each other, so
 * they are decided together, in address order: rendezvous hashing with bounded loads. Each address takes the first node
 * of its hash order that has the fewest members of its group and, for spread, is below the common bound; so most
 * addresses stay where plain hashing puts them, and a node's loss moves little besides its own addresses.
 */
public final class Placement {

    /** Why a node was chosen, as snapshots name it. */
    public static final String STICKY = "sticky";

    public static final String SPREAD = "spread";
    public static final String ANTI_AFFINITY = "antiAffinity";

    /**
     * What is placed together: the addresses of one service.
     *
     * @param addresses which, not empty
     * @param candidates nodes of the best score, not empty
     * @param hashText what the order of nodes is computed for: the first address of the service
     * @param spread below the common bound where that is possible
     * @param group services of one group avoid each other
     * @param claimant sticky: the node that has it now, when it is a candidate
     */
    public record Seat(
            List<IpAddress> addresses,
            int[] candidates,
            String hashText,
            boolean spread,
            Optional<String> group,
            Optional<Integer> claimant) {}

    /**
     * @param node the winner
     * @param reason what decided
     */
    public record Choice(int node, String reason) {}

    private final HashOrder order;
    private final Map<Integer, Integer> load = new HashMap<>();
    private final Map<String, Map<Integer, Integer>> groupLoad = new HashMap<>();
    private final SortedMap<IpAddress, Choice> choices = new TreeMap<>();
    private final int bound;

    private Placement(HashOrder order, int bound) {
        this.order = order;
        this.bound = bound;
    }

    /** Places {@code seats}, which are in the order of their first addresses. */
    public static SortedMap<IpAddress, Choice> place(List<Seat> seats, HashOrder order) {
        Placement placement = new Placement(order, bound(seats));
        // What stays where it is takes its place first; the others arrange themselves around it.
        seats.stream().filter(seat -> seat.claimant().isPresent()).forEach(placement::keep);
        seats.stream().filter(seat -> seat.claimant().isEmpty()).forEach(placement::choose);
        return placement.choices;
    }

    private static int bound(List<Seat> seats) {
        long spread = seats.stream().filter(Seat::spread).count();
        long nodes = seats.stream()
                .filter(Seat::spread)
                .flatMapToInt(seat -> Arrays.stream(seat.candidates()))
                .distinct()
                .count();
        return nodes == 0 ? 0 : (int) ((spread + nodes - 1) / nodes);
    }

    private void keep(Seat seat) {
        settle(seat, new Choice(seat.claimant().orElseThrow(), STICKY));
    }

    private void choose(Seat seat) {
        int best = -1;
        long bestCost = Long.MAX_VALUE;
        for (int node : order.sorted(seat.candidates(), seat.hashText())) {
            long cost = cost(seat, node);
            if (cost < bestCost) {
                best = node;
                bestCost = cost;
            }
        }
        settle(seat, new Choice(best, seat.group().isPresent() ? ANTI_AFFINITY : SPREAD));
    }

    /** Fewest of the group first; then nodes below the bound, all alike; then the least loaded. */
    private long cost(Seat seat, int node) {
        long ofGroup = seat.group()
                .map(group -> groupLoad.getOrDefault(group, Map.of()).getOrDefault(node, 0))
                .orElse(0);
        int own = load.getOrDefault(node, 0);
        long over = seat.spread() && own >= bound ? own + 1L : 0;
        return ofGroup << 32 | over;
    }

    private void settle(Seat seat, Choice choice) {
        seat.addresses().forEach(address -> choices.put(address, choice));
        if (seat.spread()) {
            load.merge(choice.node(), 1, Integer::sum);
        }
        seat.group().ifPresent(group -> groupLoad
                .computeIfAbsent(group, name -> new HashMap<>())
                .merge(choice.node(), 1, Integer::sum));
    }
}
