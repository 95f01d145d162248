package org.heraldlb.hostlinux.addresses;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.addresses.AddressKeeper.Leave;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkWriter.Existing;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.announcer.AnnouncerContract;

final class HostAddressContractTest extends AnnouncerContract<HostAddressPlan> {

    private static final LinkMonitor NO_LINKS = new LinkMonitor() {
        @Override
        public LinkSnapshot current() {
            return LinkSnapshot.EMPTY;
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            observer.accept(LinkSnapshot.EMPTY);
            return () -> {};
        }
    };

    private static final AddressBook NO_KERNEL = new AddressBook() {
        @Override
        public int put(int index, IpAddress address, long seconds, Existing existing) throws IOException {
            throw new IOException("there are no links");
        }

        @Override
        public int remove(int index, IpAddress address) {
            return 0;
        }

        @Override
        public List<AddressIs> list() {
            return List.of();
        }

        @Override
        public void close() {}
    };

    @Override
    protected Announcer<HostAddressPlan> open() {
        AddressKeeper keeper = new AddressKeeper(
                ThreadEventLoop.start("addresses-test", Ticker.SYSTEM), NO_LINKS, NO_KERNEL, Duration.ofSeconds(60));
        keeper.start();
        return keeper;
    }

    @Override
    protected void close(Announcer<HostAddressPlan> opened) {
        ((AddressKeeper) opened).close(Leave.REMOVE);
    }

    @Override
    protected HostAddressPlan plan(long generation, int size) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            assignments.add(new Assignment(IpAddress.v4(0xc000_0200 + i), "eth9"));
        }
        return new HostAddressPlan(generation, "a", assignments);
    }
}
