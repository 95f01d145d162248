package org.heraldlb.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.api.system.Move;
import org.heraldlb.api.system.NodeControl;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.core.plan.Members;
import org.heraldlb.testkit.ManualLoop;
import org.heraldlb.testkit.announcer.FakeAnnouncer;
import org.heraldlb.testkit.source.FakeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drains, withdrawals and disabled peers through the loop. */
final class DrainLoopTest {

    private static final ConfigObject POOL = pool("default", "192.0.2.0/28").build();

    private static final Backing ON_LO = new Backing.Host(List.of(), Optional.empty(), Optional.of("lo"));

    @TempDir
    private Path state;

    private ManualLoop loop;
    private CoreLoop core;
    private NodeControl control;
    private FakeMembership members;
    private final FakeSource file = FakeSource.of(
            "test",
            POOL,
            l2("ad").build(),
            service("a").hosts().build(),
            service("b").hosts().build(),
            service("c").hosts().build(),
            node("iris1").build(),
            node("iris2").build());
    private FakeAnnouncer.L2 l2;
    private FakeAnnouncer.Bgp bgp;
    private FakeAnnouncer.HostAddresses host;
    private Switch peers;

    private static final class Switch implements BgpControl {
        private final List<Map<String, String>> disabled = new ArrayList<>();

        @Override
        public void clear(String peer, boolean soft) {}

        @Override
        public List<ReceivedRoute> received(String peer) {
            return List.of();
        }

        @Override
        public Registration trace(String peer, Consumer<String> line) {
            return () -> {};
        }

        @Override
        public void disable(Map<String, String> reasonByPeer) {
            disabled.add(reasonByPeer);
        }

        @Override
        public Optional<BgpPeerDetail> detail(String peer) {
            return Optional.empty();
        }

        Map<String, String> last() {
            return disabled.get(disabled.size() - 1);
        }
    }

    @BeforeEach
    void begin() {
        loop = new ManualLoop();
        core = new CoreLoop(loop, CoreSettings.defaults(state));
        control = core.control();
        members = new FakeMembership(Members.of("iris1", "iris2"));
        l2 = new FakeAnnouncer.L2("l2");
        bgp = new FakeAnnouncer.Bgp("native");
        host = new FakeAnnouncer.HostAddresses("host");
        peers = new Switch();
        core.identity(new NodeNaming("iris1", Map.of()));
        core.ipam(new FirstFreeIpam());
        core.membership(members);
        core.addL2(new Rank(0, 1), l2, Map.of(Announcer.NAME, "l2"));
        core.addBgp(new Rank(0, 2), bgp, Map.of(Announcer.NAME, "native"));
        core.addHostAddresses(new Rank(0, 3), host, Map.of(Announcer.NAME, "host"));
        core.addBgpControl("native", peers);
        core.addSource("file", file, 0);
        core.start();
        loop.runPosted();
    }

    private void withBgp() {
        file.says(
                POOL,
                bgp("ad").build(),
                peer("router", "192.0.2.100").build(),
                service("a").backing(ON_LO).build(),
                service("b").backing(ON_LO).build());
        loop.runPosted();
    }

    private SystemSnapshot now() {
        loop.runPosted();
        return core.view().current();
    }

    private Maintenance maintenance() {
        return now().cluster().maintenance();
    }

    private List<String> answered() {
        loop.runPosted();
        return l2.last().announcements().stream()
                .map(announcement -> announcement.address().toString())
                .toList();
    }

    private List<Route> routes() {
        loop.runPosted();
        return bgp.last().peers().get(0).routes();
    }

    private List<String> onHost() {
        loop.runPosted();
        return host.last().assignments().stream()
                .map(assignment -> assignment.address().toString())
                .toList();
    }

    /** All three addresses are this node's, then the other node comes, and this one is drained. */
    private void drainWhatIsAllHere() {
        members.says(Members.of("iris1"));
        assertThat(answered()).hasSize(3);
        control.drain("reboot");
        members.says(Members.of("iris1", "iris2"));
    }

    @Test
    void aDrainingNodeAnswersUntilTheOthersSayThatTheyDo() {
        List<String> mine = answered();
        assertThat(mine).isNotEmpty();
        control.drain("reboot");

        assertThat(answered()).as("nobody else answers yet").isEqualTo(mine);
        assertThat(core.facts().current().draining()).isTrue();
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.HANDING_OVER);
        assertThat(maintenance().drain().waitingFor())
                .singleElement()
                .asString()
                .startsWith("iris2 to announce");

        members.says(Members.of("iris1", "iris2").drains("iris1"));
        assertThat(answered()).isEqualTo(mine);
        members.says(Members.of("iris1", "iris2").drains("iris1").tookOver("iris2", "iris1"));

        assertThat(answered()).isEmpty();
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.DRAINED);

        control.undrain();
        assertThat(answered()).isEqualTo(mine);
        assertThat(maintenance()).isEqualTo(Maintenance.NONE);
    }

    @Test
    void whoNeverSaysSoIsNotWaitedForForEver() {
        control.drain("reboot");
        loop.advance(Duration.ofSeconds(9));
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.HANDING_OVER);
        loop.advance(Duration.ofSeconds(2));
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.DRAINED);
        assertThat(answered()).isEmpty();
    }

    @Test
    void whatChangesMeanwhileIsNotLost() {
        drainWhatIsAllHere();
        assertThat(answered())
                .as("the one that came has not announced anything")
                .hasSize(3);
        file.says(
                POOL,
                l2("ad").build(),
                service("b").hosts().build(),
                node("iris1").build(),
                node("iris2").build());
        assertThat(answered()).as("services that are gone are not kept").containsExactly("192.0.2.1");
        members.says(Members.of("iris1"));
        assertThat(maintenance().drain().phase())
                .as("nobody is left to wait for")
                .isEqualTo(Phase.DRAINED);
    }

    @Test
    void routesGoGentlyBeforeTheSessions() {
        withBgp();
        assertThat(routes()).hasSize(2);
        control.drain("new kernel");

        assertThat(routes()).hasSize(2).allSatisfy(route -> {
            assertThat(route.attributes().communities()).containsExactly(Community.GRACEFUL_SHUTDOWN);
            assertThat(route.attributes().localPref()).hasValue(0);
        });
        loop.advance(Duration.ofSeconds(16));
        assertThat(routes()).isEmpty();
        assertThat(onHost()).as("routers have yet to move").hasSize(2);
        assertThat(peers.last()).isEmpty();
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.WITHDRAWING);

        loop.advance(Duration.ofSeconds(3));
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.DRAINED);
        assertThat(onHost()).isEmpty();
        assertThat(peers.last()).containsExactly(Map.entry("router", "new kernel"));

        control.undrain();
        assertThat(routes()).hasSize(2).allSatisfy(route -> assertThat(
                        route.attributes().communities())
                .isEmpty());
        assertThat(peers.last()).isEmpty();
    }

    @Test
    void aProcessThatEndsHandsLayer2OverOnly() {
        List<String> mine = answered();
        CompletableFuture<Void> left = core.leave();
        assertThat(answered()).isEqualTo(mine);
        assertThat(left).isNotDone();

        members.says(Members.of("iris1", "iris2").drains("iris1").tookOver("iris2", "iris1"));
        assertThat(answered()).isEmpty();
        assertThat(left).isDone();
        core.close();
        begin();
        assertThat(answered()).as("it comes back as it was").isEqualTo(mine);
    }

    @Test
    void aProcessThatEndsKeepsItsRoutesAndDoesNotWaitForNobody() {
        withBgp();
        CompletableFuture<Void> left = core.leave();
        assertThat(routes()).hasSize(2).allSatisfy(route -> assertThat(
                        route.attributes().communities())
                .isEmpty());
        assertThat(left).isDone();
        assertThat(peers.last()).isEmpty();
    }

    @Test
    void whatIsDrainedStaysSoAfterARestart() {
        control.drain("reboot");
        loop.advance(Duration.ofSeconds(11));
        core.close();

        begin();

        assertThat(answered()).isEmpty();
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.DRAINED);
        assertThat(maintenance().drain().order().orElseThrow().reason()).isEqualTo("reboot");
        assertThat(core.facts().current().draining()).isTrue();
        control.undrain();
        assertThat(answered()).isNotEmpty();
    }

    @Test
    void aWithdrawnAddressIsLeftToOthersUntilItsTimeIsOver() {
        String address = answered().get(0);
        int before = answered().size();
        control.withdraw(ip(address), Optional.of(Duration.ofMinutes(10)), "test");

        assertThat(answered()).hasSize(before - 1).doesNotContain(address);
        assertThat(now().owners().get(ip(address)).node()).isEqualTo("iris2");
        assertThat(core.facts().current().unfit()).hasSize(1);
        assertThat(maintenance().withdrawn()).containsOnlyKeys(ip(address));

        loop.advance(Duration.ofMinutes(11));
        assertThat(answered()).contains(address);
        assertThat(maintenance().withdrawn()).isEmpty();
        control.withdraw(ip(address), Optional.empty(), "");
        control.restore(ip(address));
        assertThat(answered()).contains(address);
    }

    @Test
    void aWithdrawnAddressHasNoRoute() {
        withBgp();
        control.withdraw(ip("192.0.2.1"), Optional.empty(), "");
        assertThat(routes()).extracting(route -> route.prefix().toString()).containsExactly("192.0.2.0/32");
    }

    @Test
    void aWithdrawnAddressStaysOnTheHostUntilRoutersHaveMoved() {
        withBgp();
        control.withdraw(ip("192.0.2.0"), Optional.empty(), "");
        control.withdraw(ip("192.0.2.1"), Optional.empty(), "");
        assertThat(routes()).isEmpty();
        assertThat(onHost()).hasSize(2);
        loop.advance(Duration.ofMillis(2900));
        assertThat(onHost()).hasSize(2);
        loop.advance(Duration.ofMillis(200));
        assertThat(onHost()).isEmpty();

        control.restore(ip("192.0.2.1"));
        assertThat(onHost()).containsExactly("192.0.2.1");
        control.withdraw(ip("192.0.2.1"), Optional.empty(), "");
        assertThat(onHost()).containsExactly("192.0.2.1");
        control.restore(ip("192.0.2.1"));
        loop.advance(Duration.ofSeconds(10));
        assertThat(onHost()).as("the old end does not count").containsExactly("192.0.2.1");
    }

    @Test
    void whatNoRouterKnewDoesNotStayOnTheHost() {
        members.says(Members.of("iris1"));
        file.says(POOL, l2("ad").build(), service("a").backing(ON_LO).build());
        assertThat(onHost()).hasSize(1);
        control.withdraw(ip(onHost().get(0)), Optional.empty(), "");
        assertThat(onHost()).isEmpty();
    }

    @Test
    void aPeerIsDisabledForAWhileAndAcrossARestart() {
        withBgp();
        control.disablePeer("router", Optional.of(Duration.ofMinutes(10)), "maintenance at the router");
        loop.runPosted();
        assertThat(peers.last()).containsExactly(Map.entry("router", "maintenance at the router"));
        core.close();

        begin();
        loop.runPosted();
        assertThat(peers.last()).containsOnlyKeys("router");
        control.enablePeer("router");
        loop.runPosted();
        assertThat(peers.last()).isEmpty();
    }

    @Test
    void aDamagedFileIsSaidSoAndSetAside() throws Exception {
        control.drain("reboot");
        loop.runPosted();
        core.close();
        Path orders = state.resolve("maintenance");
        Files.writeString(orders, Files.readString(orders) + "nonsense\n", StandardCharsets.UTF_8);

        begin();

        assertThat(now().problems()).extracting(Problem::code).contains("maintenanceDamaged");
        assertThat(maintenance().drain().phase()).isEqualTo(Phase.DRAINED);
        assertThat(state.resolve("maintenance.damaged")).exists();
    }

    @Test
    void movesSayWhoWhyAndHowLong() {
        l2.beSlow();
        members.saysWithout("iris2", Duration.ofMillis(750), Members.of("iris1"));
        List<Move> moves = now().cluster().moves();
        Move newest = moves.get(0);
        assertThat(newest.from()).isEqualTo("iris2");
        assertThat(newest.to()).isEqualTo("iris1");
        assertThat(newest.reason()).isEqualTo("iris2 lost (silent)");
        assertThat(newest.detect()).contains(Duration.ofMillis(750));
        assertThat(newest.announce()).isEmpty();

        loop.advance(Duration.ofMillis(30));
        l2.act();

        assertThat(now().cluster().moves().get(0).announce()).contains(Duration.ofMillis(30));
        assertThat(now().cluster().moves().get(0).detect()).contains(Duration.ofMillis(750));
        members.says(Members.of("iris1", "iris2"));
        assertThat(now().cluster().moves().get(0).reason()).isEqualTo("iris2 joined");
        assertThat(now().cluster().moves().get(0).detect()).isEmpty();
        assertThat(now().cluster().moves().get(0).to()).isEqualTo("iris2");
    }

    @Test
    void watchesFollowThePlanWithADelay() {
        members.says(Members.of("iris1", "iris2").links("iris2", "eth0"));
        assertThat(answered()).hasSizeLessThan(3);
        loop.advance(Duration.ofSeconds(2));

        assertThat(l2.last().watches()).hasSize(3 - answered().size());
        long generation = now().generation();
        loop.advance(Duration.ofSeconds(20));
        assertThat(now().generation()).as("it settles").isLessThanOrEqualTo(generation + 1);

        members.says(Members.of("iris1"));
        assertThat(answered()).hasSize(3);
        assertThat(l2.last().watches()).isEmpty();
    }
}
