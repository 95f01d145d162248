package org.heraldlb.frr.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningTest {

    private static Running running(String... lines) {
        return Running.of(Section.parse(String.join("\n", lines)));
    }

    @Test
    void whatFrr10LeavesOutIsSpelledAsWeSayIt() {
        Running eight = running(
                "router bgp 65001",
                " neighbor 192.0.2.1 description herald tor",
                " neighbor 192.0.2.1 ebgp-multihop 255");
        Running ten = running(
                "router bgp 65001", " neighbor 192.0.2.1 description herald tor", " neighbor 192.0.2.1 ebgp-multihop");

        assertThat(ten.ours()).isEqualTo(eight.ours());
        assertThat(Delta.between(ten, eight.ours()).isEmpty()).isTrue();
    }

    @Test
    void networksAreOursByTheirRouteMapOnly() {
        Running running = running(
                "route-map herald-router-default deny 10",
                "router bgp 65001",
                " address-family ipv4 unicast",
                "  network 203.0.113.1/32 route-map herald-tag-1",
                "  network 203.0.113.2/32",
                "  network 203.0.113.3/32 route-map mine",
                "  network 203.0.113.4/32 label-index 7 route-map mine");

        assertThat(running.ours()
                        .child("router bgp 65001")
                        .child("address-family ipv4 unicast")
                        .lines())
                .containsExactly("network 203.0.113.1/32 route-map herald-tag-1");
        assertThat(running.instances().get("default").foreignNetworks())
                .containsExactlyInAnyOrder("203.0.113.2/32", "203.0.113.3/32", "203.0.113.4/32");
    }
}
