package org.heraldlb.hostlinux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.Gone;
import org.heraldlb.hostlinux.netlink.NetlinkWriter.Existing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetlinkWriterTest {

    private static ByteBuffer buffer(byte[] request) {
        return ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.100, 32", "fd96::100, 128"})
    void anAddressThatIsPutReadsAsOurs(String text, int prefixLength) {
        IpAddress address = IpAddress.parse(text);
        byte[] request = NetlinkWriter.putAddress(7, address, 60, Existing.REFUSE);

        assertThat(NetlinkReader.read(buffer(request)))
                .singleElement()
                .isInstanceOfSatisfying(AddressIs.class, read -> {
                    assertThat(read.index()).isEqualTo(7);
                    assertThat(read.address()).isEqualTo(address);
                    assertThat(read.prefixLength()).isEqualTo(prefixLength);
                    assertThat(read.validSeconds()).isEqualTo(60);
                    assertThat(read.protocol()).isEqualTo(NetlinkWriter.OUR_PROTOCOL);
                    assertThat((read.flags() & Rtnetlink.IFA_F_NODAD) != 0).isEqualTo(address.isV6());
                });
        assertThat(buffer(request).getInt(0)).isEqualTo(request.length);
    }

    @ParameterizedTest
    @CsvSource({"REFUSE, 0x605", "REPLACE, 0x505"})
    void whatHappensToAnExistingOneIsInTheFlags(Existing existing, String flags) {
        byte[] request = NetlinkWriter.putAddress(7, IpAddress.parse("192.0.2.100"), 60, existing);

        assertThat((int) buffer(request).getShort(6)).isEqualTo(Integer.decode(flags));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.100", "fd96::100"})
    void aRemovalNamesTheLink(String text) {
        byte[] request = NetlinkWriter.removeAddress(7, IpAddress.parse(text));

        assertThat(NetlinkReader.read(buffer(request))).containsExactly(new Gone(7));
    }
}
