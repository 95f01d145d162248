package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.intent;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

/** How far a takeover is. */
final class TakeoverPageTest {

    private static ServiceBuilder held(String name, String address) {
        return service(name).held(address);
    }

    private static SnapshotBuilder snapshot(ServiceBuilder... services) {
        var intent = intent().with(pool("lab", "192.0.2.0/24").build());
        List.of(services).forEach(each -> intent.with(each.build()));
        return new SnapshotBuilder(7, "one")
                .intent(intent.build())
                .allocation("web", "lab", "192.0.2.1")
                .owner("192.0.2.1", "one", "hash")
                .cluster(new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), true));
    }

    @Test
    void aShadowSaysWhoWouldAnswerAndHowToTakeOver() {
        SystemSnapshot snapshot = snapshot(held("web", "192.0.2.1")).build();
        TakeoverPage page = TakeoverPage.of(snapshot);

        assertThat(page.mode()).isEqualTo("shadow");
        assertThat(page.services())
                .containsExactly(new TakeoverPage.Row(
                        "default/web", List.of("192.0.2.1"), List.of("192.0.2.1"), true, false, List.of("one")));
        assertThat(page.advice()).contains("kubectl annotate service NAME heraldlb.org/takeover=true");
        assertThat(page.text(Paper.PLAIN)).contains("Mode shadow", "default/web", "Next: take one over");
        assertThat(ServiceRow.of(snapshot).get(0).problem().orElseThrow()).startsWith("shadow");
        assertThat(MaintenancePage.of(snapshot).lines()).anyMatch(line -> line.startsWith("shadow"));
    }

    @Test
    void theDoctorKnowsAShadow() {
        VipDoctor.Host host = new VipDoctor.Host(List.of(), name -> Optional.empty());
        VipDoctor page = VipDoctor.of(snapshot(held("web", "192.0.2.1")).build(), ip("192.0.2.1"), host);

        assertThat(page.findings())
                .filteredOn(finding -> finding.check().equals("orders"))
                .extracting(Finding::text)
                .containsExactly("this node is a shadow and does not announce it");
    }

    @Test
    void whatDiffersComesFirst() {
        TakeoverPage page = TakeoverPage.of(snapshot(held("web", "192.0.2.9")).build());

        assertThat(page.services().get(0).agrees()).isFalse();
        assertThat(page.advice()).startsWith("1 would have other addresses");
    }

    @Test
    void whenAllAreTakenOverTheNodeMayBecomeActive() {
        ServiceBuilder taken = held("web", "192.0.2.1").labels(ServiceIntent.TAKEOVER + "=true");
        SystemSnapshot snapshot = snapshot(taken).build();
        TakeoverPage page = TakeoverPage.of(snapshot);

        assertThat(page.services().get(0).announced()).isTrue();
        assertThat(page.advice()).contains("mode = active");
        assertThat(ServiceRow.of(snapshot).get(0).problem()).isEmpty();
        assertThat(TakeoverPage.of(Sample.builder().build()).advice()).contains("is active");
    }
}
