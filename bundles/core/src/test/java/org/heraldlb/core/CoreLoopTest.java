package org.heraldlb.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.ips;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.core.maintenance.DrainWaits;
import org.heraldlb.core.plan.PlanOptions;
import org.heraldlb.core.plan.SteadyWeights;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.testkit.ManualLoop;
import org.heraldlb.testkit.announcer.FakeAnnouncer;
import org.heraldlb.testkit.source.FakeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoreLoopTest {

    private static final ConfigObject POOL = pool("default", "192.0.2.0/28").build();
    private static final ConfigObject AD = l2("ad").build();
    private static final ConfigObject WEB = service("web").hosts().build();

    @TempDir
    private Path state;

    private ManualLoop loop;
    private CoreLoop core;
    private FirstFreeIpam ipam;
    private FakeSource file;
    private FakeAnnouncer.L2 l2;

    @BeforeEach
    void begin() {
        file = FakeSource.of("test", POOL, AD, WEB);
        l2 = new FakeAnnouncer.L2("l2");
        ipam = new FirstFreeIpam();
        restart();
        bindAll();
        core.start();
        loop.runPosted();
    }

    private void restart() {
        loop = new ManualLoop();
        core = new CoreLoop(loop, CoreSettings.defaults(state));
    }

    private void bindAll() {
        core.identity(new NodeNaming("iris1", Map.of()));
        core.ipam(ipam);
        core.addL2(new Rank(0, 1), l2, Map.of(Announcer.NAME, "l2"));
        core.addSource("file", file, 0);
    }

    private SystemSnapshot now() {
        loop.runPosted();
        return core.view().current();
    }

    private List<String> answered() {
        loop.runPosted();
        return l2.last().announcements().stream()
                .map(announcement -> announcement.address().toString())
                .toList();
    }

    private List<String> codes() {
        return now().problems().stream().map(Problem::code).toList();
    }

    private List<IpAddress> addresses(String service) {
        var allocation = now().allocation().allocations().get(name(service));
        return allocation == null ? List.of() : allocation.addresses();
    }

    @Test
    void aServiceInASourceIsAnsweredFor() {
        assertThat(answered()).containsExactly("192.0.2.0");
        assertThat(now().node()).isEqualTo("iris1");
        assertThat(now().owners().get(ip("192.0.2.0")).node()).isEqualTo("iris1");
        assertThat(now().ready()).isTrue();
        assertThat(now().problems()).isEmpty();
        assertThat(now().explainer().explain(name("web")).orElseThrow().layer2())
                .hasSize(1);
    }

    @Test
    void aChangeIsOneNewGenerationAndOnePlan() {
        long before = now().generation();
        int plans = l2.plans().size();

        file.says(POOL, AD, WEB, service("mail").hosts().build());

        assertThat(now().generation()).isEqualTo(before + 1);
        assertThat(l2.plans()).hasSize(plans + 1);
        assertThat(answered()).containsExactly("192.0.2.0", "192.0.2.1");
    }

    @Test
    void manyChangesAtOnceAreOneRecompute() {
        int plans = l2.plans().size();
        int calls = ipam.calls;

        for (int i = 0; i < 50; i++) {
            file.says(POOL, AD, WEB, service("s" + i).hosts().build());
        }
        loop.runPosted();

        assertThat(l2.plans()).hasSize(plans + 1);
        assertThat(ipam.calls).isEqualTo(calls + 1);
    }

    @Test
    void aStatusMakesANewSnapshotOfTheSameGeneration() {
        l2.beSlow();
        file.says(POOL, AD, WEB, service("mail").hosts().build());
        SystemSnapshot waiting = now();
        assertThat(waiting.ready()).isFalse();
        int plans = l2.plans().size();
        int calls = ipam.calls;

        l2.act();

        assertThat(now().ready()).isTrue();
        assertThat(now().generation()).isEqualTo(waiting.generation());
        assertThat(l2.plans()).hasSize(plans);
        assertThat(ipam.calls).isEqualTo(calls);
    }

    @Test
    void theSameFragmentAgainIsNoNewGeneration() {
        long before = now().generation();

        file.says(POOL, AD, WEB);

        assertThat(now().generation()).isEqualTo(before);
    }

    @Test
    void whileThereIsNoIpamAddressesAndPlansStay() {
        core.ipam(null);

        assertThat(answered()).containsExactly("192.0.2.0");
        assertThat(codes()).contains("noIpam");
        file.says(POOL, AD, WEB, service("mail").hosts().build());
        assertThat(answered()).containsExactly("192.0.2.0");

        core.ipam(new FirstFreeIpam());
        assertThat(answered()).containsExactly("192.0.2.0", "192.0.2.1");
        assertThat(codes()).isEmpty();
    }

    @Test
    void anotherIpamMovesNothing() {
        file.says(POOL, AD, service("aaa").hosts().build(), WEB);
        assertThat(addresses("web")).isEqualTo(ips("192.0.2.0"));
        long before = now().generation();

        core.ipam(null);
        loop.runPosted();
        core.ipam(new FirstFreeIpam());

        assertThat(addresses("web")).isEqualTo(ips("192.0.2.0"));
        assertThat(now().generation()).isEqualTo(before);
    }

    @Test
    void aSourceThatIsSwappedKeepsItsServices() {
        core.removeSource("file");
        assertThat(answered()).containsExactly("192.0.2.0");
        loop.advance(Duration.ofSeconds(20));

        FakeSource next = new FakeSource("test");
        core.addSource("file2", next, 0);
        loop.advance(Duration.ofMinutes(5));
        assertThat(answered()).as("back, but not synced").containsExactly("192.0.2.0");
        assertThat(now().ready()).isFalse();

        next.says(POOL, AD, WEB);
        assertThat(answered()).containsExactly("192.0.2.0");
        assertThat(now().ready()).isTrue();
    }

    @Test
    void aSourceThatStaysAwayIsForgottenAfterTheGrace() {
        core.addSource("other", FakeSource.of("other"), 0);
        core.removeSource("file");
        loop.advance(Duration.ofSeconds(29));
        assertThat(answered()).containsExactly("192.0.2.0");

        loop.advance(Duration.ofSeconds(2));

        assertThat(answered()).isEmpty();
    }

    @Test
    void theHigherPrecedenceWinsAndTheOtherIsAProblem() {
        FakeSource other =
                FakeSource.of("aaa", pool("default", "198.51.100.0/28").build());
        core.addSource("aaa", other, 5);

        assertThat(codes()).contains("duplicateObject");
        assertThat(answered()).containsExactly("198.51.100.0");
    }

    @Test
    void anAnnouncerThatAppearsGetsTheCurrentPlanAtOnce() {
        core.removeL2(new Rank(0, 1));
        assertThat(codes()).contains("noAnnouncer");

        FakeAnnouncer.L2 late = new FakeAnnouncer.L2("late");
        core.addL2(new Rank(0, 2), late, Map.of());
        loop.runPosted();

        assertThat(late.plans()).hasSize(1);
        assertThat(late.last().announcements()).hasSize(1);
        assertThat(codes()).isEmpty();
    }

    @Test
    void aHigherRankedAnnouncerTakesOverAndGivesBack() {
        FakeAnnouncer.L2 better = new FakeAnnouncer.L2("better");
        better.beSlow();
        core.addL2(new Rank(10, 2), better, Map.of());
        assertThat(better.plans()).isEmpty();
        loop.runPosted();
        assertThat(better.plans()).hasSize(1);
        assertThat(answered())
                .as("the old one goes on until the new one has acted")
                .hasSize(1);

        better.act();
        assertThat(answered()).isEmpty();

        core.removeL2(new Rank(10, 2));
        assertThat(answered()).hasSize(1);
    }

    @Test
    void aSuccessorThatNeverActsDoesNotKeepTheOldOneForEver() {
        FakeAnnouncer.L2 better = new FakeAnnouncer.L2("better");
        better.beSlow();
        core.addL2(new Rank(10, 2), better, Map.of());

        loop.advance(Duration.ofSeconds(11));

        assertThat(answered()).isEmpty();
    }

    @Test
    void theTargetChoosesTheBgpAnnouncerAtRunTime() {
        FakeAnnouncer.Bgp herald = new FakeAnnouncer.Bgp("native");
        FakeAnnouncer.Bgp frr = new FakeAnnouncer.Bgp("frr");
        core.addBgp(new Rank(0, 7), herald, Map.of(Announcer.NAME, "native"));
        core.addBgp(new Rank(0, 8), frr, Map.of(Announcer.NAME, "frr"));
        file.says(
                POOL, AD, WEB, bgp("ad").build(), peer("router", "192.0.2.100").build());
        loop.runPosted();
        assertThat(herald.last().peers()).hasSize(1);
        assertThat(frr.plans()).isEmpty();

        core.settings(settings(
                Optional.empty(), properties -> "frr".equals(properties.get(Announcer.NAME)), PlanOptions.DEFAULT));
        loop.runPosted();

        assertThat(frr.last().peers()).hasSize(1);
        assertThat(herald.last().peers()).isEmpty();
    }

    private CoreSettings settings(
            Optional<String> loadBalancerClass, Predicate<Map<String, ?>> bgp, PlanOptions options) {
        return new CoreSettings(
                loadBalancerClass,
                options,
                CrossCheckOptions.DEFAULT,
                Duration.ofSeconds(30),
                new CoreSettings.Targets(properties -> true, bgp),
                DrainWaits.DEFAULT,
                SteadyWeights.Rule.DEFAULT,
                state);
    }

    @Test
    void settingsActAtOnce() {
        file.says(POOL, AD, WEB, node("iris1").excluded().build());
        assertThat(answered()).isEmpty();

        core.settings(settings(Optional.empty(), properties -> true, new PlanOptions(true, false)));
        assertThat(answered()).containsExactly("192.0.2.0");

        core.settings(settings(Optional.of("other"), properties -> true, new PlanOptions(true, false)));
        assertThat(answered()).isEmpty();
    }

    @Test
    void aRestartKeepsTheAddressesInAnyOrderOfServices() {
        file.says(POOL, AD, service("zzz").hosts().build());
        assertThat(addresses("zzz")).isNotEmpty();
        List<IpAddress> zzz = addresses("zzz");
        file.says(
                POOL, AD, service("zzz").hosts().build(), service("aaa").hosts().build());
        List<IpAddress> aaa = addresses("aaa");
        core.close();

        restart();
        bindAll();
        core.start();

        assertThat(addresses("zzz")).isEqualTo(zzz);
        assertThat(addresses("aaa")).isEqualTo(aaa);
    }

    @Test
    void atTheStartNothingIsToldBeforeEverythingIsThere() {
        core.close();
        int plans = l2.plans().size();
        restart();
        FakeSource late = new FakeSource("test");
        core.addL2(new Rank(0, 1), l2, Map.of());
        core.addSource("file", late, 0);
        core.start();
        core.identity(new NodeNaming("iris1", Map.of()));
        loop.advance(Duration.ofSeconds(5));
        core.ipam(ipam);
        loop.advance(Duration.ofSeconds(5));
        assertThat(l2.plans()).hasSize(plans);
        assertThat(now().generation()).isZero();
        assertThat(now().ready()).isFalse();

        late.says(POOL, AD, WEB);

        assertThat(answered()).containsExactly("192.0.2.0");
    }

    @Test
    void afterTheGraceWhatIsThereHasToDo() {
        core.close();
        restart();
        bindAll();
        core.addSource("never", new FakeSource("never"), 0);
        core.start();
        loop.advance(Duration.ofSeconds(29));
        assertThat(now().generation()).isZero();

        loop.advance(Duration.ofSeconds(2));

        assertThat(answered()).containsExactly("192.0.2.0");
        assertThat(now().ready()).isFalse();
    }

    private static ServiceIntent from(String source, ServiceIntent service) {
        return new ServiceIntent(
                service.ref(),
                new Origin(source, "x"),
                service.labels(),
                service.type(),
                service.loadBalancerClass(),
                service.families(),
                service.request(),
                service.traffic(),
                service.held(),
                service.backing());
    }

    @Test
    void anAddressOfTheLedgerIsKeptForASourceThatMayStillCome() {
        ServiceIntent first = from("config", service("first").hosts().build());
        FakeSource config = FakeSource.of("config", first);
        core.addSource("config", config, 0);
        file.says(POOL, AD);
        assertThat(addresses("first")).isNotEmpty();
        List<IpAddress> kept = addresses("first");
        core.close();

        restart();
        file.says(POOL, AD, service("aaa").hosts().build());
        bindAll();
        core.start();
        assertThat(addresses("aaa")).doesNotContainAnyElementsOf(kept).isNotEmpty();
        core.addSource("config", config, 0);
        assertThat(addresses("first")).isEqualTo(kept);
    }

    @Test
    void anAddressOfTheLedgerIsFreeWhenItsSourceDoesNotWantItAnyMore() {
        file.says(POOL, AD);
        assertThat(addresses("web")).isEmpty();
        file.says(POOL, AD, service("aaa").hosts().build());

        assertThat(addresses("aaa")).isEqualTo(ips("192.0.2.0"));
    }

    @Test
    void aReleasedAddressIsKeptForTheGraceOfItsPoolAndAcrossARestart() {
        ConfigObject gentle = pool("default", "192.0.2.0/28")
                .releaseGrace(Duration.ofMinutes(10))
                .build();
        file.says(gentle, AD, WEB);
        loop.runPosted();
        file.says(gentle, AD);
        loop.runPosted();
        file.says(gentle, AD, service("aaa").hosts().build());
        assertThat(addresses("aaa")).isEqualTo(ips("192.0.2.1"));
        core.close();

        restart();
        file.says(
                gentle,
                AD,
                service("aaa").hosts().build(),
                service("bbb").hosts().build());
        bindAll();
        core.start();
        assertThat(addresses("bbb")).isEqualTo(ips("192.0.2.2"));
        loop.advance(Duration.ofMinutes(11));
        file.says(
                gentle,
                AD,
                service("aaa").hosts().build(),
                service("bbb").hosts().build(),
                service("ccc").hosts().build());
        assertThat(addresses("ccc")).isEqualTo(ips("192.0.2.0"));
    }

    @Test
    void aStatusThatChangedAfterOurDecisionWins() {
        file.says(POOL, AD, service("web").hosts().held("192.0.2.7").build());
        assertThat(addresses("web")).isEqualTo(ips("192.0.2.7"));
        file.says(POOL, AD, service("web").hosts().build());
        assertThat(addresses("web"))
                .as("a status that is not written yet is no news")
                .isEqualTo(ips("192.0.2.7"));
    }

    private static final class FakeChecker implements HealthChecker {
        private final SnapshotCell<HealthVerdicts> cell = new SnapshotCell<>(HealthVerdicts.NONE);
        private final List<Set<HealthCheck>> watched = new ArrayList<>();

        @Override
        public void watch(Set<HealthCheck> checks) {
            watched.add(checks);
        }

        void says(HealthCheck check, boolean healthy) {
            cell.set(new HealthVerdicts(cell.current().generation() + 1, Map.of(check, healthy)));
        }

        @Override
        public HealthVerdicts current() {
            return cell.current();
        }

        @Override
        public Registration observe(Consumer<? super HealthVerdicts> observer) {
            return cell.observe(observer);
        }
    }

    private static final HealthCheck CHECK =
            new HealthCheck(HealthCheck.Type.TCP, "127.0.0.1", 80, Optional.empty(), HealthCheck.Schedule.DEFAULT);

    private FakeChecker checked() {
        FakeChecker checker = new FakeChecker();
        core.healthChecker(checker);
        file.says(
                POOL,
                AD,
                service("web")
                        .backing(new Backing.Host(List.of(), Optional.of(CHECK), Optional.of("lo")))
                        .build());
        loop.runPosted();
        return checker;
    }

    @Test
    void aHealthCheckIsWatchedAndItsVerdictCounts() {
        FakeAnnouncer.HostAddresses host = new FakeAnnouncer.HostAddresses("host");
        core.addHostAddresses(new Rank(0, 5), host, Map.of());
        FakeChecker checker = checked();

        assertThat(checker.watched.get(checker.watched.size() - 1)).containsExactly(CHECK);
        assertThat(answered()).isEmpty();
        checker.says(CHECK, true);
        assertThat(answered()).containsExactly("192.0.2.0");
        assertThat(host.last().assignments()).hasSize(1);
        checker.says(CHECK, false);
        assertThat(answered()).isEmpty();
        assertThat(host.last().assignments()).isEmpty();
    }

    @Test
    void aCheckerThatIsSwappedTakesNothingDownUntilItHadTheTimeToFindOut() {
        FakeChecker checker = checked();
        checker.says(CHECK, true);
        assertThat(answered()).hasSize(1);

        core.healthChecker(null);
        loop.advance(Duration.ofSeconds(3));
        assertThat(answered()).hasSize(1);
        FakeChecker next = new FakeChecker();
        core.healthChecker(next);
        next.says(CHECK, false);
        assertThat(answered()).hasSize(1);
        assertThat(next.watched).isNotEmpty();

        loop.advance(Duration.ofSeconds(10));
        assertThat(answered()).as("it had its time").isEmpty();
    }

    @Test
    void whoIsNoMemberIsNoCandidate() {
        file.says(POOL, AD, WEB, node("iris1").build(), node("iris2").build());
        SnapshotCell<MemberSnapshot> cell = new SnapshotCell<>(members("iris2"));
        core.membership(new Membership() {
            @Override
            public MemberSnapshot current() {
                return cell.current();
            }

            @Override
            public AnswerLease lease() {
                return AnswerLease.ALWAYS;
            }

            @Override
            public Registration observe(Consumer<? super MemberSnapshot> observer) {
                return cell.observe(observer);
            }
        });
        assertThat(answered()).isEmpty();

        cell.set(members("iris1"));

        assertThat(answered()).hasSize(1);
    }

    private static MemberSnapshot members(String... names) {
        var members = new TreeMap<String, MemberSnapshot.Member>();
        for (String name : names) {
            members.put(name, new MemberSnapshot.Member(name, NodeFacts.NONE));
        }
        return MemberSnapshot.of(names[0].hashCode(), members);
    }

    @Test
    void componentsThatWaitAreShown() {
        List<String> lines = new ArrayList<>(List.of("org.example.X waits for org.example.Y"));
        core.components(() -> List.copyOf(lines));
        assertThat(now().progress().unsatisfied()).hasSize(1);

        lines.clear();
        loop.advance(Duration.ofSeconds(3));

        assertThat(now().progress().unsatisfied()).isEmpty();
    }

    @Test
    void closingLeavesTheAnnouncersTheirPlans() {
        core.close();

        assertThat(answered()).containsExactly("192.0.2.0");
        file.says(POOL, AD);
        assertThat(answered()).containsExactly("192.0.2.0");
    }

    @Test
    void anIpamOfAnyKindWillDo() {
        Ipam nothing = new Ipam() {
            @Override
            public AllocationResult allocate(AllocationRequest request) {
                return AllocationResult.EMPTY;
            }

            @Override
            public AllocationTrace explain(AllocationRequest request, NamespacedName service) {
                return new AllocationTrace(service, Optional.empty(), "none", List.of());
            }
        };
        core.ipam(nothing);

        assertThat(answered()).isEmpty();
    }
}
