package org.heraldlb.k8ssource.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportBookTest {

    private static final int SERVICES = 6;
    private static final Intent INTENT = intent(false);
    private static final Intent TAKEN = intent(true);

    private static Intent intent(boolean taken) {
        var intent = Intents.intent()
                .with(
                        Intents.pool("lab", "192.0.2.0/24").build(),
                        Intents.peer("tor", "192.0.2.250").build());
        for (int i = 0; i < SERVICES; i++) {
            String label = "heraldlb.org/takeover=" + taken;
            intent.with(Intents.service("s" + i).labels(label).build());
        }
        return intent.build();
    }

    /** One that differs from the one before in any of its parts, or in none. */
    private static final class World {
        private final Random random;
        private final List<Boolean> announced = new ArrayList<>();
        private final List<Boolean> given = new ArrayList<>();
        private long generation;
        private Intent intent = INTENT;
        private boolean shadow;
        private boolean up;
        private boolean wrong;
        private long used;
        private String node = "node-a";
        private SystemSnapshot last;

        World(long seed) {
            random = new Random(seed);
            for (int i = 0; i < SERVICES; i++) {
                announced.add(false);
                given.add(false);
            }
            last = build();
        }

        SystemSnapshot next() {
            int service = random.nextInt(SERVICES);
            switch (random.nextInt(9)) {
                case 0 -> announced.set(service, !announced.get(service));
                case 1 -> given.set(service, !given.get(service));
                case 2 -> intent = intent == INTENT ? TAKEN : INTENT;
                case 3 -> shadow = !shadow;
                case 4 -> up = !up;
                case 5 -> wrong = !wrong;
                case 6 -> used++;
                case 7 -> node = random.nextInt(4) == 0 ? "node-b" : "node-a";
                default -> {
                    return restated();
                }
            }
            last = build();
            return last;
        }

        /** The same parts once more, as core does when an announcer has made a step. */
        private SystemSnapshot restated() {
            return new SystemSnapshot(
                    ++generation,
                    last.node(),
                    last.intent(),
                    last.allocation(),
                    last.owners(),
                    last.plans(),
                    new SystemSnapshot.Progress(List.of(), List.of(status()), List.of("anything")),
                    last.cluster(),
                    last.problems(),
                    last.explainer());
        }

        private AnnouncerStatus status() {
            List<AnnouncementStatus> all = new ArrayList<>();
            for (int i = 0; i < SERVICES; i++) {
                var state = announced.get(i) ? AnnouncementStatus.State.ANNOUNCED : AnnouncementStatus.State.PENDING;
                all.add(new AnnouncementStatus(IpPrefix.host(Intents.ip("192.0.2." + i)), state, List.of("eth0"), ""));
            }
            var state = up ? SessionStatus.State.ESTABLISHED : SessionStatus.State.ACTIVE;
            var session = new SessionStatus(
                    "tor", "192.0.2.250", state, Instant.EPOCH, generation, 0, "", Optional.empty(), Map.of());
            return new AnnouncerStatus("native", generation, true, all, List.of(session), List.of(), Map.of());
        }

        private SystemSnapshot build() {
            SnapshotBuilder builder = new SnapshotBuilder(++generation, node)
                    .intent(intent)
                    .usage(new PoolUsage("lab", used, 0, 255, 0))
                    .announcer(status())
                    .cluster(new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), shadow));
            List<L2Announcement> mine = new ArrayList<>();
            for (int i = 0; i < SERVICES; i++) {
                if (given.get(i)) {
                    builder.allocation("default/s" + i, "lab", "192.0.2." + i);
                    mine.add(new L2Announcement(
                            Intents.ip("192.0.2." + i),
                            InterfaceSelection.ALL,
                            List.of(Intents.name("default/s" + i))));
                }
            }
            if (wrong) {
                builder.problem(Problem.error("overlappingPrefix", "IPAddressPool lab", "overlaps"));
            }
            SystemSnapshot made = builder.build();
            return new SystemSnapshot(
                    made.generation(),
                    made.node(),
                    made.intent(),
                    made.allocation(),
                    made.owners(),
                    new SystemSnapshot.Plans(
                            new L2Plan(made.generation(), node, mine),
                            made.plans().bgp(),
                            made.plans().addresses()),
                    made.progress(),
                    made.cluster(),
                    made.problems(),
                    made.explainer());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsRememberedIsWhatTheWholeComputationSays(long seed) {
        World world = new World(seed);
        ReportBook book = new ReportBook("test", List::of);
        Random random = new Random(seed);
        boolean lead = false;
        int quiet = 0;
        long sessions = 0;
        for (int i = 0; i < 500; i++) {
            lead ^= random.nextInt(20) == 0;
            SystemSnapshot snapshot = world.next();
            quiet += book.isNews(snapshot, lead) ? 0 : 1;
            sessions += book.take(snapshot, lead).keySet().stream()
                    .filter(key -> key.startsWith("SESSION"))
                    .count();
            assertThat(book.take(snapshot, lead)).isEqualTo(Reports.of(snapshot, "test", lead));
        }
        assertThat(sessions).as("sessions that are reported").isPositive();
        assertThat(quiet).as("steps that change nothing are seen as such").isGreaterThan(20);
    }

    @Test
    void whatIsSeenIsComparedWithWhatWasSeenBeforeIt() {
        World world = new World(0);
        ReportBook book = new ReportBook("test", List::of);
        assertThat(book.sees(world.last, true)).isTrue();
        assertThat(book.isNews(world.restated(), true)).as("nothing was taken").isTrue();
        assertThat(book.sees(world.restated(), true)).as("it says the same").isFalse();
        assertThat(book.sees(world.last, false)).as("another role").isTrue();
    }

    @Test
    void whatIsNoNewsIsNotMadeAgain() {
        World world = new World(0);
        ReportBook book = new ReportBook("test", List::of);
        var first = book.take(world.last, true);
        SystemSnapshot again = world.restated();
        assertThat(book.isNews(again, true)).isFalse();
        assertThat(book.take(again, true)).isSameAs(first);
        assertThat(book.isNews(again, false)).isTrue();
    }
}
