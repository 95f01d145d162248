package org.heraldlb.hostlinux.addresses;

import java.io.IOException;
import java.util.List;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.links.NetlinkSocket;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkWriter;
import org.heraldlb.hostlinux.netlink.NetlinkWriter.Existing;
import org.heraldlb.hostlinux.netlink.Rtnetlink;

/** {@link AddressBook} by rtnetlink(7). The socket is opened when it is first needed: a host without plans needs none. */
final class NetlinkAddressBook implements AddressBook {

    private NetlinkSocket socket;

    private NetlinkSocket socket() throws IOException {
        if (socket == null) {
            socket = new NetlinkSocket(0);
        }
        return socket;
    }

    @Override
    public int put(int index, IpAddress address, long seconds, Existing existing) throws IOException {
        return socket().order(NetlinkWriter.putAddress(index, address, seconds, existing));
    }

    @Override
    public int remove(int index, IpAddress address) throws IOException {
        return socket().order(NetlinkWriter.removeAddress(index, address));
    }

    @Override
    public List<AddressIs> list() throws IOException {
        return socket().ask(NetlinkWriter.dump(Rtnetlink.RTM_GETADDR)).stream()
                .filter(AddressIs.class::isInstance)
                .map(AddressIs.class::cast)
                .toList();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
