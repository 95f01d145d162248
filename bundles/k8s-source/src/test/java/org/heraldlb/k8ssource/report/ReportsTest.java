package org.heraldlb.k8ssource.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

final class ReportsTest {

    private static final Intent INTENT = Intents.intent()
            .with(
                    Intents.pool("lab", "192.0.2.0/24").build(),
                    Intents.service("web").build())
            .build();

    private static final SystemSnapshot.Cluster SHADOW =
            new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), true);

    @Test
    void onlyTheAllocatorReportsPoolsAndTheController() {
        SnapshotBuilder builder = builder().usage(new PoolUsage("lab", 1, 0, 255, 0));
        assertThat(Reports.of(builder.build(), "test", false)).containsOnlyKeys("CONFIGURATION/speaker-node-a");
        var all = Reports.of(builder.build(), "test", true);
        assertThat(all).containsOnlyKeys("CONFIGURATION/speaker-node-a", "CONFIGURATION/controller", "POOL/lab");
        assertThat(all.get("POOL/lab").status())
                .isEqualTo(Map.of("assignedIPv4", 1L, "assignedIPv6", 0L, "availableIPv4", 255L, "availableIPv6", 0L));
    }

    @Test
    void poolsOfOtherSourcesAreNotReported() {
        SnapshotBuilder builder = builder().usage(new PoolUsage("lab", 1, 0, 255, 0));
        assertThat(Reports.of(builder.build(), "kubernetes", true)).doesNotContainKey("POOL/lab");
    }

    @Test
    void theControllerLooksAtPoolsAndSpeakersAtEverything() {
        var reports = Reports.of(
                builder()
                        .problem(Problem.error("missingBfdProfile", "BGPPeer tor", "no such profile"))
                        .problem(Problem.warning("emptyPool", "IPAddressPool lab", "only a warning"))
                        .problem(Problem.error("exhausted", "Service default/web", "not configuration"))
                        .build(),
                "test",
                true);
        assertThat(reports.get("CONFIGURATION/controller").status()).containsEntry("result", "Valid");
        assertThat(reports.get("CONFIGURATION/speaker-node-a").status())
                .containsEntry("result", "Invalid")
                .containsEntry("errorSummary", "BGPPeer tor: no such profile");
    }

    @Test
    void longNamesMakeShortLabels() {
        String label = Reports.label("n".repeat(200));
        assertThat(label).hasSize(63);
        assertThat(label).isNotEqualTo(Reports.label("n".repeat(201)));
    }

    @Test
    void newsAreToldOnce() {
        Notices notices = new Notices();
        var nothing = builder().build();
        var given = builder().allocation("default/web", "lab", "192.0.2.1").build();
        assertThat(notices.news(nothing, List.of(), true, name -> Optional.of("uid")))
                .isEmpty();
        assertThat(notices.news(given, List.of(), true, name -> Optional.of("uid")))
                .containsExactly(new Notice(
                        Intents.name("default/web"), "uid", false, "IPAllocated", "Assigned IP [\"192.0.2.1\"]"));
        assertThat(notices.news(given, List.of(), true, name -> Optional.of("uid")))
                .isEmpty();
        assertThat(notices.news(nothing, List.of(), true, name -> Optional.of("uid")))
                .extracting(Notice::reason)
                .containsExactly("ClearAssignment");
    }

    @Test
    void aStartTellsWhatIsWrongAndNotWhatWorks() {
        Problem exhausted = Problem.error("exhausted", "Service default/web", "no address is left");
        assertThat(new Notices()
                        .news(
                                builder()
                                        .allocation("default/web", "lab", "192.0.2.1")
                                        .build(),
                                List.of(),
                                true,
                                name -> Optional.of("uid")))
                .isEmpty();
        assertThat(new Notices()
                        .news(
                                builder().failure("default/web", exhausted).build(),
                                List.of(),
                                true,
                                name -> Optional.of("uid")))
                .extracting(Notice::message)
                .containsExactly("Failed to allocate IP for \"default/web\": no address is left");
    }

    @Test
    void aShadowReportsNothingForTheCluster() {
        SnapshotBuilder builder = builder().cluster(SHADOW).usage(new PoolUsage("lab", 1, 0, 255, 0));
        assertThat(Reports.of(builder.build(), "test", true)).isEmpty();
        assertThat(Reports.of(builder.build(), "test", false)).isEmpty();
    }

    @Test
    void aShadowTellsOfWhatIsTakenOverAlone() {
        Problem exhausted = Problem.error("exhausted", "Service default/web", "no address is left");
        Intent taken = Intents.intent()
                .with(Intents.service("web")
                        .labels("heraldlb.org/takeover=true")
                        .build())
                .build();
        for (Intent intent : List.of(INTENT, taken)) {
            int told = intent == taken ? 1 : 0;
            Notices notices = new Notices();
            notices.news(shadow(intent).build(), List.of(), true, name -> Optional.of("uid"));
            var given = shadow(intent).allocation("default/web", "lab", "192.0.2.1");
            assertThat(notices.news(given.build(), List.of(), true, name -> Optional.of("uid")))
                    .hasSize(told);
            var failed = shadow(intent).failure("default/web", exhausted);
            assertThat(notices.news(failed.build(), List.of(), true, name -> Optional.of("uid")))
                    .as("lost, and why")
                    .hasSize(2 * told);
        }
    }

    private static SnapshotBuilder shadow(Intent intent) {
        return builder().intent(intent).cluster(SHADOW);
    }

    private static SnapshotBuilder builder() {
        return new SnapshotBuilder(1, "node-a").intent(INTENT);
    }
}
