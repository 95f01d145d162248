package org.heraldlb.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.AllocationRole;
import org.heraldlb.api.ipam.AllocationRole.Role;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.core.maintenance.DrainWaits;
import org.heraldlb.core.plan.PlanOptions;
import org.heraldlb.core.plan.Reasons;
import org.heraldlb.core.plan.SteadyWeights;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.testkit.ManualLoop;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.announcer.FakeAnnouncer;
import org.heraldlb.testkit.source.FakeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadow decides about everything, and announces what was taken over. */
final class ShadowTest {

    private static final ConfigObject POOL = pool("default", "192.0.2.0/24").build();
    private static final ConfigObject L2 = l2("ad").build();
    private static final ConfigObject BGP = bgp("ad").build();
    private static final ConfigObject PEER = peer("tor", "192.0.2.250").build();

    @TempDir
    private Path state;

    private final ManualLoop loop = new ManualLoop();
    private final FakeAnnouncer.L2 l2 = new FakeAnnouncer.L2("l2");
    private final FakeAnnouncer.Bgp bgp = new FakeAnnouncer.Bgp("bgp");
    private FakeSource source;
    private CoreLoop core;

    private static ServiceBuilder mail() {
        return service("mail").hosts().held("192.0.2.7");
    }

    private static ServiceBuilder taken() {
        return service("web").hosts().held("192.0.2.5").labels(ServiceIntent.TAKEOVER + "=true");
    }

    @BeforeEach
    void begin() {
        source = FakeSource.of("test", POOL, L2, BGP, PEER, mail().build());
        core = new CoreLoop(loop, settings(true));
        core.identity(new NodeNaming("iris1", Map.of()));
        core.ipam(new FirstFreeIpam());
        core.addL2(new Rank(0, 1), l2, Map.of(Announcer.NAME, "l2"));
        core.addBgp(new Rank(0, 2), bgp, Map.of(Announcer.NAME, "bgp"));
        core.addSource("test", source, 0);
        core.start();
        loop.runPosted();
    }

    private CoreSettings settings(boolean shadow) {
        return new CoreSettings(
                Optional.empty(),
                new PlanOptions(false, false, shadow),
                CrossCheckOptions.DEFAULT,
                Duration.ofSeconds(30),
                CoreSettings.Targets.ANY,
                DrainWaits.DEFAULT,
                SteadyWeights.Rule.DEFAULT,
                state);
    }

    private SystemSnapshot now() {
        loop.runPosted();
        return core.view().current();
    }

    private List<String> answered() {
        loop.runPosted();
        return l2.last().announcements().stream()
                .map(one -> one.address().toString())
                .toList();
    }

    private List<String> routes() {
        loop.runPosted();
        return bgp.last().peers().stream()
                .flatMap(each -> each.routes().stream())
                .map(route -> route.prefix().toString())
                .toList();
    }

    @Test
    void everythingIsDecidedAndNothingAnnounced() {
        assertThat(answered()).isEmpty();
        assertThat(bgp.last().peers()).as("no session without a route").isEmpty();
        assertThat(now().owners().get(ip("192.0.2.7")).node()).isEqualTo("iris1");
        assertThat(now().speaksFor(name("mail"))).isFalse();
        assertThat(now().problems()).isEmpty();
    }

    @Test
    void whatIsTakenOverIsAnnouncedAndNothingElse() {
        source.says(POOL, L2, BGP, PEER, mail().build(), taken().build());

        assertThat(answered()).containsExactly("192.0.2.5");
        assertThat(routes()).containsExactly("192.0.2.5/32");
        assertThat(now().speaksFor(name("web"))).isTrue();

        source.says(POOL, L2, BGP, PEER, mail().build());
        assertThat(answered()).isEmpty();
        assertThat(bgp.last().peers()).isEmpty();
    }

    @Test
    void whoBecomesActiveAnnouncesEverything() {
        core.settings(settings(false));

        assertThat(answered()).containsExactly("192.0.2.7");
        assertThat(routes()).containsExactly("192.0.2.7/32");
        assertThat(now().speaksFor(name("mail"))).isTrue();
    }

    @Test
    void anExplanationSaysWhyNothingIsAnnounced() {
        var explained = now().explainer().explain(name("mail")).orElseThrow();

        assertThat(explained.problem().map(Problem::code)).contains(Reasons.SHADOW);
        assertThat(explained.layer2().get(0).owner()).isEqualTo("iris1");
        assertThat(explained.bgp().get(0).reason()).isEqualTo(Reasons.SHADOW);
    }

    /** An election that this node has won. */
    private static final class Elected implements AllocationRole {
        private final SnapshotCell<Role> cell = new SnapshotCell<>(Role.ALLOCATE);

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
    void besideAnotherAllocatorOnlyWhatIsTakenOverGetsSomethingNew() {
        core.allocationRole(new Elected());
        source.says(POOL, L2, mail().build(), service("late").hosts().build());
        assertThat(now().allocation().failures()).containsOnlyKeys(name("late"));

        source.says(
                POOL,
                L2,
                mail().build(),
                service("new").hosts().build(),
                service("ours").hosts().labels(ServiceIntent.TAKEOVER + "=true").build());

        assertThat(now().allocation().allocations()).containsOnlyKeys(name("mail"), name("ours"));
        assertThat(now().allocation().failures().get(name("new")).code()).isEqualTo("waitingForAllocator");

        core.settings(settings(false));
        assertThat(now().allocation().allocations()).containsOnlyKeys(name("mail"), name("new"), name("ours"));
    }
}
