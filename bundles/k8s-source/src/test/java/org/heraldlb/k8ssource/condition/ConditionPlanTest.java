package org.heraldlb.k8ssource.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

final class ConditionPlanTest {

    private static final String NOW = "2030-01-01T00:00:00Z";
    private static final Announced BGP = service -> Optional.of("BGP");
    private static final Announced NOBODY = service -> Optional.of("");

    private final Standings standings = new Standings();
    private final SnapshotBuilder snapshot = new SnapshotBuilder(1, "node-a")
            .intent(Intents.intent()
                    .with(
                            Intents.pool("lab", "192.0.2.0/24").build(),
                            Intents.service("web").build())
                    .build());

    @Test
    void aServiceIsAcceptedAllocatedAndAnnounced() {
        service(List.of());
        snapshot.allocation("default/web", "lab", "192.0.2.1");
        ConditionWrite write = only(BGP);
        assertThat(write.uid()).isEqualTo("uid");
        assertThat(write.conditions())
                .extracting(StatusCondition::type, StatusCondition::status, StatusCondition::message)
                .containsExactly(
                        tuple("Accepted", "True", ""),
                        tuple("Allocated", "True", "from pool lab"),
                        tuple("Announced", "True", "by BGP"));
        assertThat(write.conditions()).extracting(StatusCondition::since).containsOnly(NOW);
    }

    @Test
    void whatStandsThereIsNotWrittenAgain() {
        service(List.of());
        snapshot.allocation("default/web", "lab", "192.0.2.1");
        service(trees(only(BGP)));
        assertThat(missing(BGP)).isEmpty();
    }

    @Test
    void aTimeChangesOnlyWithItsStatus() {
        service(List.of());
        snapshot.allocation("default/web", "lab", "192.0.2.1");
        service(trees(only(BGP)));
        List<ConditionWrite> later = ConditionPlan.missing(snapshot.build(), standings, NOBODY, "2031-01-01T00:00:00Z");
        assertThat(later.get(0).conditions())
                .extracting(StatusCondition::since)
                .containsExactly(NOW, NOW, "2031-01-01T00:00:00Z");
    }

    @Test
    void aFailureSaysWhy() {
        service(List.of());
        snapshot.failure("default/web", Problem.error("exhausted", "Service default/web", "no address is left"));
        assertThat(only(BGP).conditions())
                .extracting(StatusCondition::reason)
                .containsExactly("Accepted", "Exhausted", "NotAllocated");
    }

    @Test
    void nothingIsSaidBeforeItIsKnown() {
        service(List.of());
        snapshot.allocation("default/web", "lab", "192.0.2.1");
        assertThat(missing(Announced.UNKNOWN)).as("who announces").isEmpty();
        snapshot.failure("default/web", Problem.warning("waitingForAllocator", "Service default/web", "waits"));
        assertThat(missing(BGP)).as("another node allocates").isEmpty();
    }

    @Test
    void aServiceOfSomebodyElsesLosesWhatWeSaid() {
        service(List.of());
        assertThat(missing(BGP)).isEmpty();
        service(List.of(StatusCondition.of("Accepted", true, "Accepted", "", 0).tree()));
        assertThat(only(BGP).conditions()).isEmpty();
    }

    @Test
    void aConfigurationObjectIsRefusedWithItsProblem() {
        standings.put(Resource.POOLS, "metallb-system/lab", Standing.of("uid", tree(3, List.of())));
        assertThat(only(BGP).conditions())
                .containsExactly(
                        StatusCondition.of("Accepted", true, "Accepted", "", 3).since(NOW));
        snapshot.problem(Problem.error("overlappingPrefix", "IPAddressPool lab", "overlaps"));
        assertThat(only(BGP).conditions())
                .containsExactly(StatusCondition.of("Accepted", false, "OverlappingPrefix", "overlaps", 3)
                        .since(NOW));
    }

    @Test
    void whatAnAnnouncerComplainsAboutIsNoRefusal() {
        standings.put(Resource.POOLS, "metallb-system/lab", Standing.of("uid", tree(1, List.of())));
        standings.put(Resource.POOLS, "metallb-system/newcomer", Standing.of("uid", tree(1, List.of())));
        Problem down = Problem.error("sessionDown", "IPAddressPool lab", "connection refused");
        snapshot.problem(down)
                .announcer(new AnnouncerStatus("native", 1, true, List.of(), List.of(), List.of(down), Map.of()));
        assertThat(only(BGP).conditions()).extracting(StatusCondition::status).containsExactly("True");
    }

    @Test
    void aShadowTakesBackWhatItSaidOfServicesAndJudgesNoConfiguration() {
        service(List.of());
        standings.put(Resource.POOLS, "metallb-system/lab", Standing.of("uid", tree(3, List.of())));
        snapshot.allocation("default/web", "lab", "192.0.2.1")
                .cluster(new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), true));
        assertThat(missing(BGP)).isEmpty();
        service(List.of(StatusCondition.of("Accepted", true, "Accepted", "", 0).tree()));
        assertThat(only(BGP).conditions()).isEmpty();
        snapshot.intent(Intents.intent()
                .with(Intents.service("web")
                        .labels("heraldlb.org/takeover=true")
                        .build())
                .build());
        assertThat(only(BGP).conditions()).hasSize(3);
    }

    private void service(List<Map<String, Object>> conditions) {
        standings.put(Resource.SERVICES, "default/web", Standing.of("uid", tree(0, conditions)));
    }

    private static Map<String, Object> tree(long generation, List<Map<String, Object>> conditions) {
        return Map.of("metadata", Map.of("generation", generation), "status", Map.of("conditions", conditions));
    }

    private static List<Map<String, Object>> trees(ConditionWrite write) {
        return write.conditions().stream().map(StatusCondition::tree).toList();
    }

    private ConditionWrite only(Announced announced) {
        List<ConditionWrite> missing = missing(announced);
        assertThat(missing).hasSize(1);
        return missing.get(0);
    }

    private List<ConditionWrite> missing(Announced announced) {
        return ConditionPlan.missing(snapshot.build(), standings, announced, NOW);
    }
}
