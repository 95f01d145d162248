package org.heraldlb.k8ssource.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.mirror.ServiceFacts;
import org.heraldlb.k8ssource.mirror.ServiceFacts.Ingress;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

final class StatusPlanTest {

    private static final String WEB = "default/web";
    private static final Problem EXHAUSTED = Problem.error("exhausted", "Service default/web", "no address is left");

    @Test
    void aFreshAllocationIsWritten() {
        List<StatusWrite> writes =
                missing(allocated(service(), "192.0.2.1", "2001:db8::1"), facts(true, Optional.empty()));
        assertThat(writes)
                .containsExactly(new StatusWrite(
                        Intents.name(WEB), "uid", "7", Intents.ips("192.0.2.1", "2001:db8::1"), Optional.of("lab")));
    }

    @Test
    void whatStandsThereIsNotWrittenAgain() {
        SystemSnapshot snapshot = allocated(service().held("192.0.2.1"), "192.0.2.1");
        assertThat(missing(snapshot, facts(true, Optional.of("lab"), new Ingress("192.0.2.1", "VIP"))))
                .isEmpty();
        assertThat(missing(snapshot, facts(true, Optional.of("lab"), new Ingress("192.0.2.1", ""))))
                .as("MetalLB writes no mode")
                .isEmpty();
    }

    @Test
    void anotherPoolAnotherModeAndAnotherOrderAreWritten() {
        SystemSnapshot snapshot = allocated(service().held("192.0.2.1"), "192.0.2.1");
        assertThat(missing(snapshot, facts(true, Optional.of("old"), new Ingress("192.0.2.1", "VIP"))))
                .hasSize(1);
        assertThat(missing(snapshot, facts(true, Optional.of("lab"), new Ingress("192.0.2.1", "Proxy"))))
                .hasSize(1);
        SystemSnapshot dual = allocated(service().held("2001:db8::1", "192.0.2.1"), "192.0.2.1", "2001:db8::1");
        assertThat(missing(
                        dual,
                        facts(
                                true,
                                Optional.of("lab"),
                                new Ingress("2001:db8::1", "VIP"),
                                new Ingress("192.0.2.1", "VIP"))))
                .hasSize(1);
    }

    @Test
    void aSnapshotOfAnOlderVersionDecidesNothing() {
        SystemSnapshot snapshot = allocated(service(), "192.0.2.1");
        assertThat(missing(snapshot, facts(true, Optional.of("lab"), new Ingress("192.0.2.9", "VIP"))))
                .isEmpty();
        assertThat(missing(snapshot, facts(false, Optional.empty()))).isEmpty();
    }

    @Test
    void aServiceThatGetsNothingIsCleared() {
        SystemSnapshot snapshot = failed(service().held("192.0.2.1"), EXHAUSTED);
        List<StatusWrite> writes = missing(snapshot, facts(true, Optional.of("lab"), new Ingress("192.0.2.1", "VIP")));
        assertThat(writes).hasSize(1);
        assertThat(writes.get(0).addresses()).isEmpty();
        assertThat(writes.get(0).pool()).isEmpty();
        assertThat(missing(failed(service(), EXHAUSTED), facts(true, Optional.empty())))
                .isEmpty();
    }

    @Test
    void aServiceOfAnotherClassIsNotTouched() {
        SystemSnapshot snapshot = builder(service().held("192.0.2.1")).build();
        assertThat(missing(snapshot, facts(true, Optional.empty(), new Ingress("192.0.2.1", ""))))
                .isEmpty();
    }

    @Test
    void aFollowersSnapshotClearsNothing() {
        Problem waiting = Problem.warning("waitingForAllocator", "Service default/web", "another node allocates");
        SystemSnapshot snapshot = failed(service().held("192.0.2.1"), waiting);
        assertThat(missing(snapshot, facts(true, Optional.of("lab"), new Ingress("192.0.2.1", "VIP"))))
                .isEmpty();
    }

    @Test
    void whatIsNoBalancerAnyMoreLosesItsNote() {
        SystemSnapshot snapshot =
                builder(service().type(ServiceIntent.Type.CLUSTER_IP)).build();
        assertThat(missing(snapshot, facts(false, Optional.of("lab")))).hasSize(1);
        assertThat(missing(snapshot, facts(false, Optional.empty()))).isEmpty();
    }

    @Test
    void aShadowWritesWhatIsTakenOverAlone() {
        SystemSnapshot.Cluster shadow = new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), true);
        ServiceFacts facts = facts(true, Optional.empty());
        assertThat(missing(
                        builder(service())
                                .cluster(shadow)
                                .allocation(WEB, "lab", "192.0.2.1")
                                .build(),
                        facts))
                .isEmpty();
        ServiceBuilder taken = service().labels("heraldlb.org/takeover=true");
        assertThat(missing(
                        builder(taken)
                                .cluster(shadow)
                                .allocation(WEB, "lab", "192.0.2.1")
                                .build(),
                        facts))
                .hasSize(1);
    }

    private static ServiceBuilder service() {
        return Intents.service(WEB);
    }

    private static SnapshotBuilder builder(ServiceBuilder service) {
        return new SnapshotBuilder(1, "node-a")
                .intent(Intents.intent().with(service.build()).build());
    }

    private static SystemSnapshot allocated(ServiceBuilder service, String... addresses) {
        return builder(service).allocation(WEB, "lab", addresses).build();
    }

    private static SystemSnapshot failed(ServiceBuilder service, Problem problem) {
        return builder(service).failure(WEB, problem).build();
    }

    private static ServiceFacts facts(boolean balancer, Optional<String> pool, Ingress... ingress) {
        return new ServiceFacts("uid", "7", balancer, List.of(ingress), pool);
    }

    private static List<StatusWrite> missing(SystemSnapshot snapshot, ServiceFacts facts) {
        return StatusPlan.missing(snapshot, Intents.name(WEB), facts).stream().toList();
    }
}
