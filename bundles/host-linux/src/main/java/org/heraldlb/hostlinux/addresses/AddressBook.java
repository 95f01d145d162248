package org.heraldlb.hostlinux.addresses;

import java.io.IOException;
import java.util.List;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkWriter.Existing;

/** The kernel's addresses. Answers are error numbers, 0 for success. */
interface AddressBook {

    int put(int index, IpAddress address, long seconds, Existing existing) throws IOException;

    int remove(int index, IpAddress address) throws IOException;

    List<AddressIs> list() throws IOException;

    /** Gives the kernel's resources back. */
    void close();
}
