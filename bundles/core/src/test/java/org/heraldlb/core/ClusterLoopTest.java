package org.heraldlb.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.ipam.AllocationRole;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.core.plan.Members;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.testkit.ManualLoop;
import org.heraldlb.testkit.announcer.FakeAnnouncer;
import org.heraldlb.testkit.source.FakeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop of a node among others. */
final class ClusterLoopTest {

    private static final ConfigObject POOL = pool("default", "192.0.2.0/28").build();
    private static final ConfigObject AD = l2("ad").build();
    private static final ConfigObject STICKY = l2("ad").ownership(
                    new Ownership(Mode.AVAILABLE, true, false, Optional.empty(), ConflictPolicy.OFF))
            .build();
    private static final ConfigObject WEB = service("web").hosts().build();
    private static final ConfigObject N1 = node("iris1").build();
    private static final ConfigObject N2 = node("iris2").build();

    @TempDir
    private Path state;

    private ManualLoop loop;
    private final FakeSource file = FakeSource.of("test", POOL, AD, WEB, N1, N2);
    private final FakeAnnouncer.L2 l2 = new FakeAnnouncer.L2("l2");
    private final FakeMembership members = new FakeMembership(Members.of("iris1", "iris2"));
    private CoreLoop core;

    @BeforeEach
    void begin() {
        loop = new ManualLoop();
        core = new CoreLoop(loop, CoreSettings.defaults(state));
        core.identity(new NodeNaming("iris1", Map.of()));
        core.ipam(new FirstFreeIpam());
        core.addL2(new Rank(0, 1), l2, Map.of(Announcer.NAME, "l2"));
        core.addSource("file", file, 0);
        core.start();
    }

    private SystemSnapshot now() {
        loop.runPosted();
        return core.view().current();
    }

    private NodeFacts facts() {
        loop.runPosted();
        return core.facts().current();
    }

    private List<String> answered() {
        loop.runPosted();
        return l2.last().announcements().stream()
                .map(announcement -> announcement.address().toString())
                .toList();
    }

    private static Link link(String name, Link.Flag... flags) {
        return new Link(
                1, name, Optional.of(new MacAddress(0x02_0000_0000_01L)), Set.of(flags), Optional.empty(), List.of());
    }

    private static final class Links implements LinkMonitor {
        private final SnapshotCell<LinkSnapshot> cell = new SnapshotCell<>(LinkSnapshot.EMPTY);

        void are(Link... links) {
            cell.set(new LinkSnapshot(cell.current().generation() + 1, List.of(links), List.of()));
        }

        @Override
        public LinkSnapshot current() {
            return cell.current();
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            return cell.observe(observer);
        }
    }

    @Test
    void aNodeThatIsExpectedToHaveCompanyWaitsForIt() {
        CoreLoop late = new CoreLoop(loop, CoreSettings.defaults(state.resolve("late")));
        FakeAnnouncer.L2 its = new FakeAnnouncer.L2("l2");
        late.expectMembership();
        late.identity(new NodeNaming("iris1", Map.of()));
        late.ipam(new FirstFreeIpam());
        late.addL2(new Rank(0, 1), its, Map.of());
        late.addSource("file", file, 0);
        late.start();
        loop.advance(Duration.ofSeconds(5));
        assertThat(its.plans()).isEmpty();

        late.membership(members);
        loop.runPosted();
        assertThat(its.plans()).hasSize(1);
    }

    @Test
    void aNodeSpeaksWhenItAnnouncesWhatItOwns() {
        l2.beSlow();
        Links links = new Links();
        links.are(link("eth0", Link.Flag.UP, Link.Flag.RUNNING));
        core.linkMonitor(links);
        members.says(Members.of("iris2"));
        core.membership(members);
        assertThat(facts()).isEqualTo(NodeFacts.NONE);
        members.says(Members.of("iris1", "iris2"));
        assertThat(facts()).as("met, but its announcer has not acted").isEqualTo(NodeFacts.NONE);
        l2.act();
        assertThat(facts().links()).containsOnlyKeys("eth0");
        assertThat(facts().draining()).isFalse();
    }

    @Test
    void aLinkThatGoesDownMovesWhatNeedsItAndTellsTheOthers() {
        Links links = new Links();
        core.linkMonitor(links);
        core.membership(members);
        members.says(Members.of("iris1"));
        links.are(
                link("lo", Link.Flag.UP, Link.Flag.RUNNING, Link.Flag.LOOPBACK),
                link("eth0", Link.Flag.UP, Link.Flag.RUNNING));
        assertThat(facts().links()).containsOnlyKeys("eth0");
        assertThat(answered()).hasSize(1);

        links.are(link("lo", Link.Flag.UP, Link.Flag.RUNNING, Link.Flag.LOOPBACK), link("eth0", Link.Flag.UP));

        assertThat(answered()).isEmpty();
        assertThat(facts().links()).containsOnlyKeys(NodeFacts.NO_LINK);
        assertThat(facts().canUse(List.of())).isFalse();
    }

    @Test
    void whatOthersTookOverOrAnEqualSnapshotIsNoNewGeneration() {
        core.membership(members);
        long before = now().generation();

        members.says(Members.of("iris1", "iris2"));
        members.says(Members.of("iris1", "iris2").tookOver("iris2", "iris9"));

        assertThat(now().generation()).isEqualTo(before);
        assertThat(now().cluster().members()).isPresent();
    }

    /** The plain owner of the address goes and comes back: it must not take back what the other claims by now. */
    @Test
    void aStickyAddressStaysWithWhoHasItWhenTheOldOwnerReturns() {
        file.says(POOL, STICKY, WEB, N1, N2);
        core.membership(members);
        String other = "iris2";
        String plain = now().owners().get(ip("192.0.2.0")).node();
        String self = "iris1";
        if (plain.equals(self)) {
            members.says(Members.of(self, other).claims(other, "192.0.2.0"));
            assertThat(answered()).isEmpty();
        } else {
            members.says(Members.of(self));
            assertThat(answered()).hasSize(1);
            loop.advance(Duration.ofSeconds(11));
            assertThat(facts().claims()).containsExactly(ip("192.0.2.0"));
            members.says(Members.of(self, other));
            assertThat(answered()).hasSize(1);
        }
    }

    @Test
    void aNodeThatHasJustComeClaimsNothing() {
        file.says(POOL, STICKY, WEB, N1, N2);
        members.says(Members.of("iris1"));
        core.membership(members);
        assertThat(answered()).hasSize(1);
        loop.advance(Duration.ofSeconds(9));
        assertThat(facts().claims()).isEmpty();
        long before = now().generation();

        loop.advance(Duration.ofSeconds(2));

        assertThat(facts().claims()).hasSize(1);
        assertThat(now().generation()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void aSwapOfCoreKeepsWhatItsPredecessorClaimed() {
        file.says(POOL, STICKY, WEB, N1, N2);
        members.says(Members.of("iris1").claims("iris1", "192.0.2.0"));
        core.membership(members);
        core.close();
        begin();
        core.membership(members);
        assertThat(answered()).hasSize(1);
        assertThat(facts().claims()).containsExactly(ip("192.0.2.0"));

        members.says(Members.of("iris1", "iris2").claims("iris1", "192.0.2.0"));
        assertThat(answered()).hasSize(1);
        assertThat(facts().claims()).hasSize(1);
    }

    @Test
    void aNodeThatAnnouncesForADrainedOneSaysSo() {
        core.membership(members);
        loop.runPosted();
        l2.beSlow();
        members.says(Members.of("iris1", "iris2").drains("iris2"));
        assertThat(answered()).hasSize(1);
        assertThat(facts().tookOver()).isEmpty();

        l2.act();
        assertThat(facts().tookOver()).containsExactly("iris2");

        members.says(Members.of("iris1", "iris2"));
        assertThat(facts().tookOver()).isEmpty();
    }

    private static class FixedRole implements AllocationRole {
        private final SnapshotCell<Role> cell = new SnapshotCell<>(Role.FOLLOW);

        @Override
        public Role current() {
            return cell.current();
        }

        @Override
        public Registration observe(Consumer<? super Role> observer) {
            return cell.observe(observer);
        }
    }

    @Test
    void whoFollowsGivesOutNothingAndKeepsWhatServicesHold() {
        FixedRole role = new FixedRole();
        core.allocationRole(role);
        file.says(
                POOL,
                AD,
                service("has").hosts().held("192.0.2.5").build(),
                service("waits").hosts().build());

        assertThat(now().allocation().allocations()).containsOnlyKeys(name("has"));
        assertThat(now().problems()).extracting(Problem::code).contains("waitingForAllocator");

        file.says(
                POOL,
                AD,
                service("has").hosts().held("192.0.2.5").build(),
                service("waits").hosts().held("192.0.2.9").build());
        assertThat(now().allocation().allocations().get(name("waits")).addresses())
                .containsExactly(ip("192.0.2.9"));
        assertThat(now().problems()).extracting(Problem::code).doesNotContain("waitingForAllocator");

        file.says(POOL, AD, service("has").hosts().held("198.51.100.1").build());
        assertThat(now().allocation().allocations())
                .as("another address would be a new one")
                .isEmpty();

        role.cell.set(AllocationRole.Role.ALLOCATE);
        assertThat(now().allocation().allocations()).containsOnlyKeys(name("has"));
    }

    @Test
    void theRoleStaysWhileItsSourceIsExchanged() {
        FixedRole role = new FixedRole();
        core.allocationRole(role);
        file.says(POOL, AD, service("waits").hosts().build());
        core.allocationRole(null);
        loop.advance(Duration.ofSeconds(5));
        assertThat(now().allocation().allocations()).isEmpty();
        core.allocationRole(new FixedRole());
        loop.advance(Duration.ofMinutes(10));
        assertThat(now().allocation().allocations()).as("a successor decides").isEmpty();
        core.allocationRole(null);
        loop.advance(Duration.ofMinutes(10));
        assertThat(now().allocation().allocations())
                .as("nobody says otherwise for good")
                .containsOnlyKeys(name("waits"));
    }

    @Test
    void aRoleIsAboutTheServicesOfItsOwnSource() {
        file.says(POOL, AD, service("web").hosts().build());
        core.allocationRole(new FixedRole() {
            @Override
            public String source() {
                return "kubernetes";
            }
        });
        assertThat(now().allocation().allocations()).containsOnlyKeys(name("web"));
        file.says(
                POOL, AD, service("web").hosts().build(), service("new").hosts().build());
        assertThat(now().allocation().allocations()).containsOnlyKeys(name("web"), name("new"));
        core.allocationRole(null);
        loop.advance(Duration.ofMinutes(10));
        assertThat(now().allocation().allocations()).containsOnlyKeys(name("web"), name("new"));
    }
}
