package org.heraldlb.hostlinux.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.Link.LinkAddress;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.netlink.Captures;
import org.junit.jupiter.api.Test;

final class LinkTableTest {

    private final List<Link> links = LinkTable.of(Captures.messages("links.hex", "addresses.hex"));

    private Link link(String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void linksComeByIndex() {
        assertThat(links).extracting(Link::index).isSorted();
        assertThat(links).hasSize(4);
    }

    @Test
    void flagsAreThoseOfTheKernel() {
        assertThat(link("eth0").flags())
                .containsExactlyInAnyOrder(Flag.UP, Flag.RUNNING, Flag.BROADCAST, Flag.MULTICAST);
        assertThat(link("lo").flags()).containsExactlyInAnyOrder(Flag.UP, Flag.RUNNING, Flag.LOOPBACK);
        assertThat(link("br0").flags()).doesNotContain(Flag.UP);
    }

    @Test
    void aBridgePortKnowsItsBridge() {
        assertThat(link("eth1").master()).isEqualTo(Optional.of("br0"));
        assertThat(link("eth0").master()).isEmpty();
    }

    @Test
    void addressesStandAtTheirLink() {
        assertThat(link("eth0").addresses())
                .contains(
                        new LinkAddress(IpAddress.parse("192.0.2.11"), 24),
                        new LinkAddress(IpAddress.parse("fd96::11"), 64));
        assertThat(link("eth0").linkLocalV6()).isPresent();
    }

    @Test
    void anAddressThatMayBeADuplicateIsNotOneYet() {
        assertThat(link("eth0").addresses())
                .extracting(LinkAddress::address)
                .doesNotContain(IpAddress.parse("fd96::12"));
    }
}
