package org.heraldlb.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

class SnapshotMetricsTest {

    private static final SystemSnapshot SAMPLE = new SnapshotBuilder(4, "one")
            .allocation("web", "lab", "192.0.2.1")
            .owner("192.0.2.1", "one", "lowest hash")
            .usage(new PoolUsage("lab", 1, 2, 3, Long.MAX_VALUE))
            .source("file", true, 2, 1)
            .announcer(new AnnouncerStatus(
                    "l2",
                    4,
                    true,
                    List.of(new AnnouncementStatus(
                            IpPrefix.host(ip("192.0.2.1")), AnnouncementStatus.State.ANNOUNCED, List.of("eth0"), "")),
                    List.of(),
                    List.of(),
                    Map.of("replies_lost", 12L, "layer2_requests_received{ip=\"192.0.2.1\"}", 5L, "bad name", 1L)))
            .problem(Problem.warning("a", "b", "c"))
            .build();

    private static final String TEXT = SnapshotMetrics.of(SAMPLE);

    @Test
    void heraldsOwnMetrics() {
        assertThat(TEXT.lines())
                .contains(
                        "herald_ready 1",
                        "herald_generation 4",
                        "herald_problems{severity=\"warning\"} 1",
                        "herald_source_refused{source=\"file\"} 1",
                        "herald_announcer_generation{announcer=\"l2\"} 4",
                        "herald_announcements{announcer=\"l2\",state=\"announced\"} 1",
                        "herald_replies_lost{announcer=\"l2\"} 12",
                        "herald_layer2_requests_received{announcer=\"l2\",ip=\"192.0.2.1\"} 5");
    }

    @Test
    void metalLbsMetricsKeepTheirNames() {
        assertThat(TEXT.lines())
                .contains(
                        "metallb_allocator_addresses_in_use_total{pool=\"lab\"} 3",
                        "metallb_allocator_ipv4_addresses_total{pool=\"lab\"} 4",
                        "metallb_speaker_announced{service=\"default/web\",protocol=\"layer2\",node=\"one\",ip=\"192.0.2.1\"} 1",
                        "metallb_layer2_requests_received{ip=\"192.0.2.1\"} 5",
                        "metallb_k8s_client_config_loaded_bool 1",
                        "metallb_k8s_client_config_stale_bool 1");
    }

    @Test
    void sumsSaturate() {
        assertThat(TEXT).contains("metallb_allocator_addresses_total{pool=\"lab\"} " + Long.MAX_VALUE);
    }

    @Test
    void everyFamilyIsDeclaredOnceAndItsSamplesFollow() {
        Set<String> declared = new HashSet<>();
        String family = "";
        for (String line : TEXT.lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                family = line.split(" ", -1)[2];
                assertThat(declared.add(family)).as(family).isTrue();
            } else if (!line.startsWith("#")) {
                assertThat(line).matches("[a-zA-Z_][a-zA-Z0-9_]*(\\{([a-z_0-9]+=\"[^\"]*\",?)*\\})? -?[0-9]+");
                assertThat(line.split("[{ ]", -1)[0]).isEqualTo(family);
            }
        }
    }

    @Test
    void labelValuesAreEscaped() {
        String text = new Exposition()
                .family("f", Exposition.Type.GAUGE, "h")
                .sample("f", 1, "l", "a\"b\\c\nd")
                .text();
        assertThat(text).endsWith("f{l=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    @Test
    void withoutCoreItIsNotReady() {
        assertThat(SnapshotMetrics.withoutCore()).contains("herald_ready 0");
    }
}
