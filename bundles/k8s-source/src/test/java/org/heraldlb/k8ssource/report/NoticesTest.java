package org.heraldlb.k8ssource.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

/** What is news after a start. */
final class NoticesTest {

    private static final SystemSnapshot SNAPSHOT = new SnapshotBuilder(1, "node-a").build();
    private static final List<Report> REPORTS = List.of(announced("l2-web", "web"), announced("l2-mail", "mail"));

    @Test
    void withoutKnowingWhatWasNothingIs() {
        assertThat(first(new Notices())).isEmpty();
    }

    @Test
    void whatWasNotReportedBeforeIs() {
        Notices notices = new Notices();
        notices.knew(List.of("l2-mail"));
        assertThat(first(notices)).singleElement().satisfies(notice -> {
            assertThat(notice.service().name()).isEqualTo("web");
            assertThat(notice.message()).isEqualTo("announcing from node \"node-a\" with protocol \"layer2\"");
        });
        assertThat(first(notices)).isEmpty();
    }

    @Test
    void anotherConnectionChangesNothing() {
        Notices notices = new Notices();
        first(notices);
        notices.knew(List.of());
        assertThat(first(notices)).isEmpty();
    }

    @Test
    void whatIsAllocatedAfterTheNodeBeganIsNewsToTheFirstLook() {
        Notices notices = new Notices();
        notices.begins(allocated("default/old"));
        notices.begins(allocated("default/old", "default/later"));
        List<Notice> news =
                notices.news(allocated("default/old", "default/later"), List.of(), true, service -> Optional.of("uid"));
        assertThat(news).extracting(notice -> notice.service().name()).containsExactly("later");
    }

    @Test
    void anAllocatorThatDoesNotKnowHowItBeganTellsNothingOfTheFirst() {
        Notices notices = new Notices();
        assertThat(notices.news(allocated("default/old"), List.of(), true, service -> Optional.of("uid")))
                .isEmpty();
    }

    private static SystemSnapshot allocated(String... services) {
        SnapshotBuilder builder = new SnapshotBuilder(1, "node-a");
        for (int i = 0; i < services.length; i++) {
            builder.allocation(services[i], "lab", "192.0.2." + i);
        }
        return builder.build();
    }

    private static List<Notice> first(Notices notices) {
        return notices.news(SNAPSHOT, REPORTS, false, service -> Optional.of("uid"));
    }

    private static Report announced(String name, String service) {
        return new Report(
                new Report.Target(Report.Kind.L2_STATUS, name),
                Map.of(),
                Map.of("serviceName", service, "serviceNamespace", "default"));
    }
}
