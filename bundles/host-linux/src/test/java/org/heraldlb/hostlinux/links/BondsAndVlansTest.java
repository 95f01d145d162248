package org.heraldlb.hostlinux.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.hostlinux.netlink.Captures;
import org.heraldlb.hostlinux.netlink.NetlinkMessage;
import org.heraldlb.hostlinux.netlink.NetlinkReader;
import org.junit.jupiter.api.Test;

/**
 * RTM_NEWLINK as Linux sends it of an active-backup bond with two ports and a VLAN on top: kernels without these drivers
 * cannot make them. The attributes beside those that are read stand where the kernel puts them.
 */
final class BondsAndVlansTest {

    private static final int RTM_NEWLINK = 16;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_OPERSTATE = 16;
    private static final int IFLA_LINKINFO = 18;
    private static final int NESTED = 0x8000;

    private static final int UP_AND_RUNNING = 0x1 | 0x2 | 0x40 | 0x1000 | 0x10000;
    private static final int IFF_MASTER = 0x400;
    private static final int IFF_SLAVE = 0x800;
    private static final String MAC = "02:00:00:00:00:10";

    private final ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    private void link(int index, String name, int flags, String mac, int master, int lower, String kind) {
        int start = out.position();
        out.putInt(0)
                .putShort((short) RTM_NEWLINK)
                .putShort((short) 2)
                .putInt(1)
                .putInt(1);
        out.put((byte) 0)
                .put((byte) 0)
                .putShort((short) 1)
                .putInt(index)
                .putInt(flags)
                .putInt(0);
        attribute(IFLA_IFNAME, (name + "\0").getBytes(StandardCharsets.US_ASCII));
        attribute(IFLA_OPERSTATE, new byte[] {6});
        number(IFLA_MTU, 1500);
        if (lower != 0) {
            number(IFLA_LINK, lower);
        }
        if (master != 0) {
            number(IFLA_MASTER, master);
        }
        attribute(IFLA_ADDRESS, MacAddress.parse(mac).toBytes());
        attribute(IFLA_LINKINFO | NESTED, nested(kind));
        out.putInt(start, out.position() - start);
    }

    private static byte[] nested(String kind) {
        byte[] text = (kind + "\0").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (4 + text.length))
                .putShort((short) 1)
                .put(text)
                .array();
    }

    private void number(int type, int value) {
        attribute(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    private void attribute(int type, byte[] value) {
        out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private Link read(String name) {
        byte[] bytes = new byte[out.position()];
        out.duplicate().flip().get(bytes);
        List<NetlinkMessage> messages = NetlinkReader.read(Captures.buffer(bytes));
        return LinkTable.of(messages).stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Bond ports have the bond's MAC address, all of them. */
    private void bond(int bondFlags) {
        link(2, "eth0", UP_AND_RUNNING | IFF_SLAVE, MAC, 4, 0, "bond_slave");
        link(3, "eth1", UP_AND_RUNNING | IFF_SLAVE, MAC, 4, 0, "bond_slave");
        link(4, "bond0", bondFlags | IFF_MASTER, MAC, 0, 0, "bond");
        link(5, "bond0.100", bondFlags, MAC, 0, 4, "vlan");
    }

    @Test
    void portsOfABondBelongToIt() {
        bond(UP_AND_RUNNING);

        assertThat(read("eth0").master()).isEqualTo(Optional.of("bond0"));
        assertThat(read("eth1").master()).isEqualTo(Optional.of("bond0"));
    }

    @Test
    void theBondIsAnInterfaceOfItsOwn() {
        bond(UP_AND_RUNNING);

        assertThat(read("bond0").master()).isEmpty();
        assertThat(read("bond0").mac()).isEqualTo(Optional.of(MacAddress.parse(MAC)));
        assertThat(read("bond0").flags()).contains(Flag.UP, Flag.RUNNING, Flag.BROADCAST);
    }

    @Test
    void aVlanStandsOnAnInterfaceAndIsNoPartOfIt() {
        bond(UP_AND_RUNNING);

        assertThat(read("bond0.100").master()).isEmpty();
        assertThat(read("bond0.100").flags()).contains(Flag.RUNNING);
    }

    @Test
    void aBondWithoutALinkAndItsVlanHaveNoCarrier() {
        bond(UP_AND_RUNNING & ~0x40 & ~0x10000);

        assertThat(read("bond0").flags()).contains(Flag.UP).doesNotContain(Flag.RUNNING);
        assertThat(read("bond0.100").flags()).doesNotContain(Flag.RUNNING);
    }

    @Test
    void aFailOverThatChangesTheMacIsSeen() {
        bond(UP_AND_RUNNING);
        link(4, "bond0", UP_AND_RUNNING | IFF_MASTER, "02:00:00:00:00:20", 0, 0, "bond");

        assertThat(read("bond0").mac()).isEqualTo(Optional.of(MacAddress.parse("02:00:00:00:00:20")));
    }

    @Test
    void aPortOfABondThatIsNotInTheDumpIsStillAPort() {
        link(2, "eth0", UP_AND_RUNNING | IFF_SLAVE, MAC, 4, 0, "bond_slave");

        assertThat(read("eth0").master()).isEqualTo(Optional.of("index 4"));
    }
}
