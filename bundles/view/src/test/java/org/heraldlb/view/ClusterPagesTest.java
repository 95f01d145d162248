package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Drain;
import org.heraldlb.api.system.Maintenance.Order;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.api.system.Move;
import org.heraldlb.api.system.SystemSnapshot;
import org.junit.jupiter.api.Test;

/** Nodes, moves and maintenance. */
final class ClusterPagesTest {

    private static final Order REBOOT = new Order("reboot", Instant.EPOCH, Optional.empty());

    private static SystemSnapshot with(Maintenance maintenance, List<Move> moves) {
        TreeMap<String, Member> members = new TreeMap<>();
        TreeMap<String, MacAddress> links = new TreeMap<>();
        links.put("eth0", MacAddress.ZERO);
        members.put("one", new Member("one", facts(links, false)));
        links.clear();
        links.put(NodeFacts.NO_LINK, MacAddress.ZERO);
        members.put("three", new Member("three", facts(links, true)));
        TreeMap<String, String> suspects = new TreeMap<>();
        suspects.put("two", "silent");
        MemberSnapshot snapshot =
                new MemberSnapshot(1, members, MemberSnapshot.Agreement.on(members), suspects, List.of());
        return Sample.builder()
                .cluster(new SystemSnapshot.Cluster(Optional.of(snapshot), maintenance, moves))
                .build();
    }

    private static NodeFacts facts(TreeMap<String, MacAddress> links, boolean draining) {
        return new NodeFacts(links, new TreeSet<>(), draining, new TreeSet<>(), new TreeSet<>());
    }

    @Test
    void nodesSayWhetherTheyAreThere() {
        List<NodeRow> rows = NodeRow.of(with(Maintenance.NONE, List.of()));

        assertThat(rows).extracting(NodeRow::name).containsExactly("one", "three", "two");
        assertThat(rows).extracting(NodeRow::state).containsExactly("alive", "draining", "lost");
        assertThat(rows).extracting(NodeRow::note).containsExactly("", "no interface is up", "silent");
        assertThat(rows).extracting(NodeRow::usable).containsExactly(true, true, false);
        assertThat(rows.get(0).links()).containsExactly("eth0");
        assertThat(rows.get(1).links()).isEmpty();
        assertThat(rows.get(0).owns()).isEqualTo(1);
        assertThat(NodeRow.of(Sample.builder().build()))
                .extracting(NodeRow::state)
                .containsOnly("unknown");
    }

    @Test
    void movesAreListedAndFiltered() {
        Move move = new Move(
                ip("192.0.2.10"),
                "two",
                "one",
                Instant.EPOCH,
                "two lost (silent)",
                Optional.of(Duration.ofMillis(712)),
                Duration.ofNanos(1_234_567),
                Optional.of(Duration.ofMillis(3)));
        SystemSnapshot snapshot = with(Maintenance.NONE, List.of(move));

        Listing<MoveRow> all = MoveRow.listing(snapshot, Optional.empty());
        assertThat(all.rows()).hasSize(1);
        assertThat(all.rows().get(0).electMillis()).isEqualTo(1.23);
        assertThat(all.table(Paper.PLAIN)).contains("DETECT ms", "712.0", "two lost (silent)");
        assertThat(Json.compact(all.tree(snapshot))).contains("\"detectMillis\":712.0", "\"announceMillis\":3.0");
        assertThat(MoveRow.listing(snapshot, Optional.of("192.0.2.11")).rows()).isEmpty();
    }

    private static MaintenancePage page(Phase phase, String... waitingFor) {
        return MaintenancePage.of(with(
                new Maintenance(
                        new Drain(phase, Optional.of(REBOOT), List.of(waitingFor)), new TreeMap<>(), new TreeMap<>()),
                List.of()));
    }

    @Test
    void anAddressThatIsWithdrawnStaysInItsAggregate() {
        IpPrefix host = IpPrefix.host(ip("192.0.2.10"));
        IpPrefix aggregate = IpPrefix.parse("192.0.2.0/24");
        IpPrefix other = IpPrefix.parse("198.51.100.0/24");
        assertThat(MaintenancePage.aggregates(List.of(host, aggregate, other), ip("192.0.2.10")))
                .startsWith("; 192.0.2.0/24 stays");
        assertThat(MaintenancePage.aggregates(List.of(host, other), ip("192.0.2.10")))
                .isEmpty();
    }

    @Test
    void aDrainSaysWhatItWaitsForAndWhenItIsSafe() {
        MaintenancePage waiting = page(Phase.HANDING_OVER, "two to announce 3 addresses");
        assertThat(waiting.safe()).isFalse();
        assertThat(waiting.text(Paper.PLAIN)).contains("being drained", "waits for two to announce 3 addresses");
        assertThat(waiting.lines())
                .containsExactly("drain: handingOver (reboot)", "waits for two to announce 3 addresses");

        MaintenancePage done = page(Phase.DRAINED);
        assertThat(done.safe()).isTrue();
        assertThat(done.advice()).startsWith("safe to reboot");
        assertThat(Status.of(
                                with(
                                        new Maintenance(
                                                new Drain(Phase.DRAINED, Optional.of(REBOOT), List.of()),
                                                new TreeMap<>(),
                                                new TreeMap<>()),
                                        List.of()),
                                List.of())
                        .text(Paper.PLAIN))
                .contains("drain: drained (reboot)");
    }

    @Test
    void timedOrdersSayWhenTheyEnd() {
        TreeMap<String, Order> peers = new TreeMap<>();
        peers.put("tor", new Order("", Instant.EPOCH, Optional.of(Instant.EPOCH.plusSeconds(600))));
        MaintenancePage page = MaintenancePage.of(with(new Maintenance(Drain.NONE, new TreeMap<>(), peers), List.of()));
        assertThat(page.orders()).containsExactly("peer tor is disabled until 1970-01-01T00:10:00Z");
        assertThat(page.text(Paper.PLAIN)).contains("takes part");
    }
}
