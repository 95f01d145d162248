package org.heraldlb.membership.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.membership.codec.Seal;
import org.heraldlb.membership.group.GroupListener;
import org.heraldlb.membership.group.GroupSettings;
import org.heraldlb.membership.protocol.Timing;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.ManualLoop;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

/** Engines with channels that deliver at once. */
class MembershipEngineTest {

    private static final String KEY = "sixteen characters";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    private final List<ManualLoop> loops = new ArrayList<>();
    private final Map<String, Line> lines = new HashMap<>();
    private final Set<String> silentHosts = new TreeSet<>();
    private boolean portTaken;

    /** A channel between engines of this test. */
    private final class Line implements Channel {
        private final GroupSettings settings;
        private final GroupListener listener;
        private Collection<InetSocketAddress> peers;
        private boolean cut;

        Line(GroupSettings settings, GroupListener listener) {
            this.settings = settings;
            this.listener = listener;
            this.peers = settings.peers();
        }

        private String place() {
            return settings.bind().getHostAddress();
        }

        @Override
        public void open() {
            if (portTaken) {
                throw new IllegalStateException("address in use");
            }
            lines.put(place(), this);
            listener.started();
        }

        @Override
        public void peers(Collection<InetSocketAddress> now) {
            peers = now;
        }

        @Override
        public void send(InetSocketAddress peer, byte[] bytes) {
            Line other = lines.get(peer.getAddress().getHostAddress());
            if (other != null && !other.cut && !cut) {
                other.listener.received(place(), bytes);
            }
        }

        @Override
        public void close() {
            lines.remove(place(), this);
        }
    }

    private final MembershipEngine.Chance chance = new MembershipEngine.Chance() {
        private long incarnation;

        @Override
        public long incarnation() {
            return ++incarnation;
        }

        @Override
        public Seal seal(String key) {
            return new Seal(key, new SecureRandom());
        }
    };

    private Settings settings(int number, Settings.Sources sources, String key, boolean insecure) {
        Timing timing = Timing.of(Duration.ofMillis(100), Duration.ofMillis(600), Duration.ofMillis(600));
        String bind = "127.0.0." + number;
        return new Settings("node-" + number, "lab", sources, bind, 7946, key, insecure, 0, timing, true);
    }

    private static Settings.Sources peers(String... peers) {
        return new Settings.Sources(List.of(peers), "", false);
    }

    private MembershipEngine engine(Settings settings) {
        MembershipEngine.Threads threads = new MembershipEngine.Threads(Runnable::run, Runnable::run);
        Ping ping = new Ping() {
            @Override
            public boolean answers(String place, long nanos) {
                return !silentHosts.contains(place);
            }

            @Override
            public Ping after(long pauseNanos) {
                return this;
            }
        };
        ManualLoop loop = new ManualLoop();
        loops.add(loop);
        return new MembershipEngine(loop, threads, settings, chance, Line::new, ping);
    }

    /** All loops at the same pace; what one posts to another is there a millisecond later. */
    private void advance(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis++) {
            loops.forEach(loop -> loop.advance(Duration.ofMillis(1)));
        }
        loops.forEach(ManualLoop::runPosted);
    }

    private long now() {
        return loops.get(0).ticker().nanos();
    }

    private List<MembershipEngine> three() {
        List<MembershipEngine> engines = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            MembershipEngine engine =
                    engine(settings(number, peers("127.0.0.1", "127.0.0.2", "127.0.0.3"), KEY, false));
            engine.facts(facts(false));
            engine.start();
            engines.add(engine);
        }
        advance(LONG_ENOUGH);
        return engines;
    }

    private static NodeFacts facts(boolean draining) {
        NodeFacts none = NodeFacts.NONE;
        return new NodeFacts(none.links(), none.unfit(), draining, new TreeSet<>(Set.of("somebody")), none.claims());
    }

    private static Collection<String> members(MembershipEngine engine) {
        return engine.current().members().keySet();
    }

    private static List<String> problems(MembershipEngine engine) {
        return engine.current().problems().stream().map(Problem::code).toList();
    }

    @Test
    void nodesFindTogetherAndAgreeOnMembers() {
        List<MembershipEngine> engines = three();

        for (MembershipEngine engine : engines) {
            assertThat(members(engine)).containsExactly("node-1", "node-2", "node-3");
            assertThat(engine.current().agreement().members()).hasSize(3);
            assertThat(engine.lease().allows(Mode.AVAILABLE, now())).isTrue();
            assertThat(problems(engine)).isEmpty();
        }
    }

    @Test
    void factsReachEverybodyAndAreToldOnce() {
        List<MembershipEngine> engines = three();
        List<MemberSnapshot> seen = new ArrayList<>();
        engines.get(1).observe(seen::add);
        seen.clear();

        engines.get(0).facts(facts(true));
        advance(Duration.ofMillis(3));

        assertThat(engines.get(1).current().members().get("node-1").facts().draining())
                .isTrue();
        int told = seen.size();
        advance(Duration.ofMillis(50));
        assertThat(seen).hasSize(told);
    }

    @Test
    void aClosedConnectionIsNewsAtOnce() {
        List<MembershipEngine> engines = three();
        Line dead = lines.remove("127.0.0.3");
        dead.cut = true;

        lines.get("127.0.0.1").listener.closed("127.0.0.3");
        advance(Duration.ofMillis(3));

        assertThat(members(engines.get(0))).containsExactly("node-1", "node-2");
        assertThat(members(engines.get(1))).containsExactly("node-1", "node-2");
        assertThat(engines.get(0).current().suspects()).containsEntry("node-3", "closed");
    }

    @Test
    void aNodeWhoseHostIsSilentTooIsGoneSoon() {
        List<MembershipEngine> engines = three();
        lines.get("127.0.0.3").cut = true;
        silentHosts.add("127.0.0.3");

        advance(Duration.ofMillis(180));

        assertThat(members(engines.get(0))).containsExactly("node-1", "node-2");
        assertThat(engines.get(0).current().suspects()).containsEntry("node-3", "unreachable");
    }

    @Test
    void aNodeWhoseHostAnswersHasTheWholeTime() {
        List<MembershipEngine> engines = three();
        lines.get("127.0.0.3").cut = true;

        advance(Duration.ofMillis(400));
        assertThat(members(engines.get(0))).contains("node-3");
        advance(Duration.ofMillis(400));
        assertThat(members(engines.get(0))).doesNotContain("node-3");
        assertThat(engines.get(0).current().suspects()).containsEntry("node-3", "silent");
        assertThat(engines.get(0).current().silence().get("node-3"))
                .isBetween(Duration.ofMillis(400), Duration.ofMillis(1000));
    }

    @Test
    void whoIsBackIsAMemberAgain() {
        List<MembershipEngine> engines = three();
        lines.get("127.0.0.3").cut = true;
        silentHosts.add("127.0.0.3");
        advance(Duration.ofSeconds(1));
        lines.get("127.0.0.3").cut = false;
        silentHosts.clear();
        advance(Duration.ofSeconds(2));

        for (MembershipEngine engine : engines) {
            assertThat(members(engine)).containsExactly("node-1", "node-2", "node-3");
            assertThat(engine.current().suspects()).isEmpty();
            assertThat(engine.current().silence()).isEmpty();
        }
    }

    @Test
    void whoLeavesSaysGoodbye() {
        List<MembershipEngine> engines = three();
        engines.get(2).close();
        loops.remove(2);
        advance(Duration.ofMillis(2));

        assertThat(members(engines.get(0))).containsExactly("node-1", "node-2");
        assertThat(engines.get(0).current().suspects()).containsEntry("node-3", "left");
        assertThat(engines.get(0).current().silence()).isEmpty();
        assertThat(engines.get(2).lease().allows(Mode.AVAILABLE, now())).isFalse();
    }

    @Test
    void withoutAKeyNothingIsOpened() {
        MembershipEngine engine = engine(settings(1, peers("127.0.0.1", "127.0.0.2"), "", false));
        engine.start();
        advance(LONG_ENOUGH);

        assertThat(problems(engine)).containsExactly("noKey");
        assertThat(lines).isEmpty();
        assertThat(engine.lease().allows(Mode.AVAILABLE, now())).isFalse();
    }

    @Test
    void aShortKeyIsRefused() {
        MembershipEngine engine = engine(settings(1, peers("127.0.0.1", "127.0.0.2"), "fifteen letters", false));
        engine.start();
        advance(LONG_ENOUGH);

        assertThat(problems(engine)).containsExactly("shortKey");
        assertThat(lines).isEmpty();
    }

    @Test
    void withoutAKeyWhenToldSo() {
        engine(settings(1, peers("127.0.0.1", "127.0.0.2"), "", true)).start();
        advance(LONG_ENOUGH);

        assertThat(lines).containsOnlyKeys("127.0.0.1");
    }

    @Test
    void aPortThatIsTakenIsTriedAgain() {
        portTaken = true;
        MembershipEngine engine = engine(settings(1, peers("127.0.0.1", "127.0.0.2"), KEY, false));
        engine.start();
        advance(Duration.ofSeconds(1));
        assertThat(problems(engine)).containsExactly("membershipNotOpen");

        portTaken = false;
        advance(Duration.ofSeconds(4));
        assertThat(problems(engine)).isEmpty();
        assertThat(members(engine)).containsExactly("node-1");
    }

    @Test
    void anotherKeyIsAProblemAndNoMember() {
        List<MembershipEngine> engines = three();
        lines.get("127.0.0.1").listener.unopened("192.0.2.66");
        advance(Duration.ofMillis(200));

        assertThat(problems(engines.get(0))).containsExactly("otherKey");
        advance(Duration.ofSeconds(70));
        assertThat(problems(engines.get(0))).isEmpty();
    }

    @Test
    void garbageIsNotListenedTo() {
        List<MembershipEngine> engines = three();
        lines.get("127.0.0.1").listener.received("192.0.2.66", new byte[] {1, 2, 3});
        advance(Duration.ofMillis(200));

        assertThat(members(engines.get(0))).hasSize(3);
    }

    @Test
    void thePlacesOfKubernetesAreTheNodesAddresses() {
        Settings.Sources kubernetes = new Settings.Sources(List.of(), "", true);
        MembershipEngine engine = engine(settings(1, kubernetes, KEY, false));
        engine.start();
        advance(Duration.ofSeconds(1));
        assertThat(lines.get("127.0.0.1").peers).hasSize(1);

        engine.system(new SnapshotBuilder(1, "node-1")
                .intent(Intents.intent()
                        .with(
                                Intents.node("node-1")
                                        .addresses("127.0.0.1", "10.1.1.1")
                                        .build(),
                                Intents.node("node-2").addresses("127.0.0.2").build())
                        .build())
                .build());
        advance(Duration.ofSeconds(1));

        assertThat(lines.get("127.0.0.1").peers)
                .extracting(peer -> peer.getAddress().getHostAddress())
                .containsExactly("127.0.0.1", "127.0.0.2");
        MembershipEngine other = engine(settings(2, peers("127.0.0.1", "127.0.0.2"), KEY, false));
        other.start();
        advance(LONG_ENOUGH);
        assertThat(members(engine)).containsExactly("node-1", "node-2");
    }
}
