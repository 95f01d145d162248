package org.heraldlb.k8ssource.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.condition.Orphans.Found;
import org.heraldlb.k8ssource.mirror.ResourceType;
import org.heraldlb.k8ssource.report.Report;
import org.heraldlb.k8ssource.report.Report.Kind;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

final class OrphansTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final ResourceType BGP = Kind.BGP_STATUS.type();
    private static final ResourceType SESSION = Kind.SESSION.type();

    private final Orphans orphans = new Orphans();

    OrphansTest() {
        put(BGP, "metallb-system/bgp-a", "node-a");
        put(BGP, "metallb-system/bgp-b", "node-b");
        put(SESSION, "metallb-system/peer-b", "node-b");
    }

    private void put(ResourceType type, String key, String node) {
        orphans.put(type, key, Map.of("metadata", Map.of("labels", Map.of(Report.NODE, node))));
    }

    private static SnapshotBuilder builder(String... nodes) {
        var intent = Intents.intent();
        for (String node : nodes) {
            intent.with(Intents.node(node).build());
        }
        return new SnapshotBuilder(1, "node-a").intent(intent.build());
    }

    private List<Found> due(long seconds, String... nodes) {
        return orphans.due(builder(nodes).build(), seconds * SECOND);
    }

    @Test
    void reportsOfANodeThatIsGoneForAMinuteAreRemoved() {
        assertThat(due(0, "node-a", "node-b")).isEmpty();
        assertThat(due(100, "node-a")).isEmpty();
        assertThat(due(160, "node-a")).isEmpty();
        assertThat(due(161, "node-a"))
                .containsExactlyInAnyOrder(
                        new Found(BGP, "metallb-system/bgp-b"), new Found(SESSION, "metallb-system/peer-b"));
        orphans.remove(BGP, "metallb-system/bgp-b");
        assertThat(due(162, "node-a")).containsExactly(new Found(SESSION, "metallb-system/peer-b"));
        orphans.clear();
        assertThat(due(200, "node-a")).isEmpty();
    }

    @Test
    void aNodeThatComesBackStartsAnew() {
        due(0, "node-a");
        due(50, "node-a", "node-b");
        assertThat(due(70, "node-a")).isEmpty();
        assertThat(due(131, "node-a")).hasSize(2);
    }

    @Test
    void thisNodeAndMembersAreThereWithoutAnObject() {
        due(0);
        assertThat(due(100)).extracting(Found::key).doesNotContain("metallb-system/bgp-a");
    }

    @Test
    void aShadowRemovesNothing() {
        SystemSnapshot shadow = builder()
                .cluster(new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), true))
                .build();
        orphans.due(shadow, 0);
        assertThat(orphans.due(shadow, 100 * SECOND)).isEmpty();
    }

    @Test
    void longNamesAreKnownByTheirLabels() {
        String name = "n".repeat(100);
        orphans.clear();
        put(BGP, "metallb-system/bgp-long", org.heraldlb.k8ssource.report.Reports.label(name));
        due(0, name);
        assertThat(due(100, name)).isEmpty();
    }

    @Test
    void whatHasNoLabelIsNobodys() {
        orphans.clear();
        orphans.put(BGP, "metallb-system/other", Map.of("metadata", Map.of()));
        due(0);
        assertThat(due(100)).isEmpty();
    }
}
