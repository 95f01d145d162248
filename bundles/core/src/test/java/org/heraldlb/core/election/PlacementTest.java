package org.heraldlb.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.election.Placement.Choice;
import org.heraldlb.core.election.Placement.Seat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Even spread, anti-affinity and stickiness of owners. */
final class PlacementTest {

    private static final int NODES = 12;
    private static final int[] ALL = IntStream.range(0, NODES).toArray();

    private final HashOrder order = new HashOrder(HashOrder.Nodes.of(
            IntStream.range(0, NODES).mapToObj(i -> "node-" + i).toList()));

    private static IpAddress address(int number) {
        return IpAddress.parse("10.0.0.0").plus(number);
    }

    private static Seat seat(int number, int[] candidates, boolean spread, String group, Integer claimant) {
        return new Seat(
                List.of(address(number)),
                candidates,
                address(number).toString(),
                spread,
                Optional.ofNullable(group),
                Optional.ofNullable(claimant));
    }

    private static List<Seat> seats(int count, int[] candidates, boolean spread, String group) {
        return IntStream.range(0, count)
                .mapToObj(i -> seat(i, candidates, spread, group, null))
                .toList();
    }

    private Map<IpAddress, Choice> place(List<Seat> seats) {
        return Placement.place(seats, order);
    }

    private static Map<Integer, Integer> loads(Map<IpAddress, Choice> placed) {
        Map<Integer, Integer> loads = new HashMap<>();
        placed.values().forEach(choice -> loads.merge(choice.node(), 1, Integer::sum));
        return loads;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 13, 100, 240})
    void spreadFillsNoNodePastTheCommonBound(int count) {
        int bound = (count + NODES - 1) / NODES;

        assertThat(loads(place(seats(count, ALL, true, null))).values()).allMatch(load -> load <= bound);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12})
    void aGroupThatFitsHasNoNodeTwice(int count) {
        assertThat(loads(place(seats(count, ALL, false, "g"))).values()).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 24, 50})
    void aGroupThatIsTooLargeIsAsEvenAsItCanBe(int count) {
        Map<Integer, Integer> loads = loads(place(seats(count, ALL, false, "g")));

        assertThat(loads.values()).allMatch(load -> load == count / NODES || load == (count + NODES - 1) / NODES);
    }

    @Test
    void groupsDoNotMindEachOther() {
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            seats.add(seat(i, ALL, false, "g" + i % 3, null));
        }
        Map<IpAddress, Choice> placed = place(seats);
        for (int group = 0; group < 3; group++) {
            int which = group;
            assertThat(IntStream.range(0, 24).filter(i -> i % 3 == which).map(i -> placed.get(address(i))
                            .node()))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everySeatGetsOneOfItsCandidatesAndAClaimantKeepsIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int[] candidates = random.ints(1 + random.nextInt(6), 0, NODES)
                    .distinct()
                    .sorted()
                    .toArray();
            Integer claimant = random.nextInt(3) == 0 ? candidates[random.nextInt(candidates.length)] : null;
            String group = random.nextInt(2) == 0 ? "g" + random.nextInt(4) : null;
            seats.add(seat(i, candidates, random.nextBoolean(), group, claimant));
        }
        Map<IpAddress, Choice> placed = place(seats);

        assertThat(placed).as("seed %s", seed).hasSize(120).isEqualTo(place(seats));
        for (Seat seat : seats) {
            Choice choice = placed.get(seat.addresses().get(0));
            assertThat(seat.candidates()).as("seed %s", seed).contains(choice.node());
            seat.claimant().ifPresent(claimant -> assertThat(choice).isEqualTo(new Choice(claimant, Placement.STICKY)));
            if (seat.claimant().isEmpty()) {
                assertThat(choice.reason())
                        .isEqualTo(seat.group().isPresent() ? Placement.ANTI_AFFINITY : Placement.SPREAD);
            }
        }
    }

    /** Rendezvous hashing with bounded loads: what a lost node had moves, and little else because bounds move. */
    @Test
    void theLossOfANodeMovesLittleBesidesItsOwn() {
        int count = 240;
        Map<IpAddress, Choice> before = place(seats(count, ALL, true, null));
        for (int lost = 0; lost < NODES; lost++) {
            int gone = lost;
            int[] left = Arrays.stream(ALL).filter(node -> node != gone).toArray();
            Map<IpAddress, Choice> after = place(seats(count, left, true, null));
            long moved = before.entrySet().stream()
                    .filter(entry -> entry.getValue().node() != gone)
                    .filter(entry ->
                            entry.getValue().node() != after.get(entry.getKey()).node())
                    .count();

            assertThat(moved).as("node %s", gone).isLessThan(count / 4);
        }
    }

    @Test
    void bothFamiliesOfAServiceSitTogether() {
        IpAddress six = IpAddress.parse("fd00::1");
        Seat dual = new Seat(
                List.of(address(1), six), ALL, address(1).toString(), true, Optional.empty(), Optional.empty());
        Map<IpAddress, Choice> placed = place(List.of(dual));

        assertThat(placed.get(six)).isEqualTo(placed.get(address(1)));
    }

    @Test
    void whereNothingIsTightTheHashDecides() {
        Map<IpAddress, Choice> placed = place(List.of(seat(7, ALL, true, null, null)));

        assertThat(placed.get(address(7)).node())
                .isEqualTo(order.first(ALL, address(7).toString()));
    }
}
