package org.heraldlb.hostlinux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.End;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.Gone;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.LinkIs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetlinkReaderTest {

    private static List<LinkIs> links() {
        return Captures.messages("links.hex").stream()
                .filter(LinkIs.class::isInstance)
                .map(LinkIs.class::cast)
                .toList();
    }

    private static AddressIs address(String text) {
        return Captures.messages("addresses.hex").stream()
                .filter(AddressIs.class::isInstance)
                .map(AddressIs.class::cast)
                .filter(address -> address.address().equals(IpAddress.parse(text)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDumpOfLinksHasThemAllAndAnEnd() {
        assertThat(links()).extracting(LinkIs::name).containsExactlyInAnyOrder("lo", "br0", "eth0", "eth1");
        assertThat(Captures.messages("links.hex")).endsWith(new End(0));
    }

    @Test
    void aLinkHasItsMacFlagsAndMaster() {
        LinkIs eth1 = links().stream()
                .filter(link -> link.name().equals("eth1"))
                .findFirst()
                .orElseThrow();
        LinkIs br0 = links().stream()
                .filter(link -> link.name().equals("br0"))
                .findFirst()
                .orElseThrow();

        assertThat(eth1.mac()).isEqualTo(Optional.of(MacAddress.parse("02:00:00:00:00:03")));
        assertThat(eth1.flags() & Rtnetlink.IFF_UP).isNotZero();
        assertThat(eth1.flags() & Rtnetlink.IFF_RUNNING).isNotZero();
        assertThat(eth1.master()).isEqualTo(br0.index());
        assertThat(br0.flags() & Rtnetlink.IFF_UP).isZero();
        assertThat(br0.master()).isZero();
    }

    @Test
    void anAddressHasItsPrefixAndLifetime() {
        assertThat(address("192.0.2.11").prefixLength()).isEqualTo(24);
        assertThat(address("192.0.2.11").validSeconds()).isEqualTo(-1);
        assertThat(address("192.0.2.100").prefixLength()).isEqualTo(32);
        assertThat(address("192.0.2.100").validSeconds()).isBetween(50L, 60L);
        assertThat(address("fd96::11").flags() & Rtnetlink.IFA_F_TENTATIVE).isZero();
        assertThat(address("fd96::12").flags() & Rtnetlink.IFA_F_TENTATIVE).isNotZero();
    }

    @Test
    void anErrorIsAnEnd() {
        byte[] error = new byte[36];
        Captures.buffer(error).putInt(0, 36).putShort(4, (short) 2).putInt(16, -17);

        assertThat(NetlinkReader.read(Captures.buffer(error))).containsExactly(new End(17));
    }

    @Test
    void aRemovalNamesItsLink() {
        byte[] removed = new byte[24];
        Captures.buffer(removed)
                .putInt(0, 24)
                .putShort(4, (short) Rtnetlink.RTM_DELADDR)
                .putInt(20, 7);

        assertThat(NetlinkReader.read(Captures.buffer(removed))).containsExactly(new Gone(7));
    }

    @Test
    void everyCutIsRead() {
        for (byte[] datagram : Captures.datagrams("addresses.hex")) {
            for (int length = 0; length < datagram.length; length++) {
                byte[] cut = Arrays.copyOf(datagram, length);
                assertThat(NetlinkReader.read(Captures.buffer(cut))).hasSizeLessThan(20);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyBytesAreRead(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = Captures.datagrams("addresses.hex");
        for (int i = 0; i < 20_000; i++) {
            byte[] datagram = good.get(random.nextInt(good.size())).clone();
            for (int spoiled = random.nextInt(8); spoiled >= 0; spoiled--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
            }
            assertThat(NetlinkReader.read(Captures.buffer(datagram)))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }
}
