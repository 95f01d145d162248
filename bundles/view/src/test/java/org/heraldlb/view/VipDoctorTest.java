package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSettings;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Order;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

final class VipDoctorTest {

    private static final Set<Link.Flag> UP = Set.of(Link.Flag.UP, Link.Flag.RUNNING, Link.Flag.BROADCAST);

    private static Link link(String name, Set<Link.Flag> flags, String address) {
        return new Link(
                1,
                name,
                Optional.of(new MacAddress(0x0200_0000_0001L)),
                flags,
                Optional.empty(),
                List.of(new Link.LinkAddress(ip(address), 24)));
    }

    private static LinkSettings kernel(String link, int arpIgnore, int rpFilter) {
        return new LinkSettings(
                link,
                OptionalInt.of(arpIgnore),
                OptionalInt.of(0),
                OptionalInt.of(rpFilter),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static VipDoctor look(SnapshotBuilder snapshot, VipDoctor.Host host) {
        return VipDoctor.of(snapshot.build(), ip("192.0.2.10"), host);
    }

    private static final VipDoctor.Host WELL =
            new VipDoctor.Host(List.of(link("eth0", UP, "192.0.2.1")), name -> Optional.of(kernel(name, 1, 0)));

    private static Map<String, String> verdicts(VipDoctor page) {
        Map<String, String> verdicts = new TreeMap<>();
        page.findings().forEach(finding -> verdicts.put(finding.check(), finding.verdict()));
        return verdicts;
    }

    @Test
    void whereAllIsWellThereIsNothingToDo() {
        VipDoctor page = look(Sample.builder(), WELL);

        assertThat(verdicts(page))
                .containsEntry("allocated", "good")
                .containsEntry("owner", "good")
                .containsEntry("carrier", "good")
                .containsEntry("subnet", "good")
                .containsEntry("announcer", "good")
                .containsEntry("watchdog", "good")
                .containsEntry("routes", "good")
                .doesNotContainValue("bad")
                .doesNotContainValue("doubtful");
        assertThat(page.next()).isEmpty();
        assertThat(page.text(Paper.PLAIN)).contains("CHECK", "VERDICT").doesNotContain("Next");
        assertThat(Json.compact(page)).contains("\"address\":\"192.0.2.10\"");
    }

    @Test
    void theWorstSaysWhatToDoNext() {
        VipDoctor page = look(
                Sample.builder(),
                new VipDoctor.Host(
                        List.of(link("eth0", Set.of(Link.Flag.UP), "198.51.100.1")), name -> Optional.empty()));

        assertThat(verdicts(page)).containsEntry("carrier", "bad").containsEntry("subnet", "doubtful");
        assertThat(page.next()).contains("ip -br link");
    }

    @Test
    void theKernelMayAnswerForWhatItShouldNot() {
        VipDoctor page = look(
                Sample.builder(),
                new VipDoctor.Host(
                        List.of(
                                link("eth0", UP, "192.0.2.1"),
                                link("kube-ipvs0", Set.of(Link.Flag.NOARP), "192.0.2.10"),
                                link("eth1", UP, "10.0.0.1")),
                        name -> Optional.of(kernel(name, 0, 1))));

        assertThat(verdicts(page))
                .containsEntry("arp_ignore on eth0", "bad")
                .containsEntry("rp_filter on eth0", "doubtful");
        assertThat(page.next()).contains("strictARP");
    }

    @Test
    void whatTheWatchdogFoundAndWhatOthersClaimIsShown() {
        TreeMap<String, Member> members = new TreeMap<>();
        members.put("one", new Member("one", NodeFacts.NONE));
        members.put(
                "two",
                new Member(
                        "two",
                        new NodeFacts(
                                new TreeMap<>(),
                                new TreeSet<>(),
                                false,
                                new TreeSet<>(),
                                new TreeSet<>(List.of(ip("192.0.2.10"))))));
        VipDoctor page = look(
                Sample.builder()
                        .problem(Problem.error("l2Conflict", "192.0.2.10", "02:00:00:00:00:09 answers too")
                                .withFix("find it"))
                        .cluster(new SystemSnapshot.Cluster(
                                Optional.of(MemberSnapshot.of(1, members)), Maintenance.NONE, List.of())),
                WELL);

        assertThat(verdicts(page)).containsEntry("watchdog", "bad").containsEntry("agreement", "doubtful");
        assertThat(page.next()).isEqualTo("find it");
    }

    @Test
    void anAddressOfAnotherNodeIsBetterAskedAboutThere() {
        VipDoctor page = look(Sample.builder().owner("192.0.2.10", "two", "hash"), WELL);

        assertThat(page.next()).isEqualTo("vip:doctor 192.0.2.10 on node two");
        assertThat(verdicts(page)).doesNotContainKey("carrier");
    }

    @Test
    void whatAnOperatorTookAwayIsSaidFirst() {
        TreeMap<org.heraldlb.api.net.IpAddress, Order> withdrawn = new TreeMap<>();
        withdrawn.put(ip("192.0.2.10"), new Order("test", Instant.EPOCH, Optional.empty()));
        VipDoctor page = look(
                Sample.builder()
                        .cluster(new SystemSnapshot.Cluster(
                                Optional.empty(),
                                new Maintenance(Maintenance.Drain.NONE, withdrawn, new TreeMap<>()),
                                List.of())),
                WELL);

        assertThat(page.next()).isEqualTo("vip:restore 192.0.2.10");
    }

    @Test
    void anUnknownAddressIsSaidToBeSo() {
        VipDoctor page = VipDoctor.of(Sample.builder().build(), ip("192.0.2.99"), WELL);
        assertThat(verdicts(page)).containsEntry("allocated", "bad").containsEntry("routes", "bad");
    }
}
