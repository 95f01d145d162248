package org.heraldlb.hostlinux.links;

import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.Link.LinkAddress;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/** Where netlink is denied (a strict seccomp profile): what the JDK and sysfs tell, without any notification. */
final class JdkReaderOfLinks implements LinkReader {

    private static final Path SYSFS = Path.of("/sys/class/net");
    private static final int IFF_NOARP = 0x80;

    private final Semaphore wakeUps = new Semaphore(0);

    @Override
    public List<Link> read() throws IOException {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .map(JdkReaderOfLinks::link)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Link::index))
                .toList();
    }

    private static Optional<Link> link(NetworkInterface card) {
        try {
            byte[] mac = card.getHardwareAddress();
            List<LinkAddress> addresses = card.getInterfaceAddresses().stream()
                    .map(JdkReaderOfLinks::address)
                    .sorted(Comparator.comparing(LinkAddress::address))
                    .toList();
            return Optional.of(new Link(
                    card.getIndex(),
                    card.getName(),
                    mac != null && mac.length == 6 ? Optional.of(MacAddress.of(mac)) : Optional.empty(),
                    flags(card),
                    master(card.getName()),
                    addresses));
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    private static LinkAddress address(InterfaceAddress address) {
        return new LinkAddress(IpAddress.of(address.getAddress()), address.getNetworkPrefixLength());
    }

    private static Set<Flag> flags(NetworkInterface card) throws IOException {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        // The JDK's "up" is up and running.
        add(flags, card.isUp(), Flag.UP);
        add(flags, card.isUp(), Flag.RUNNING);
        add(flags, card.isLoopback(), Flag.LOOPBACK);
        add(flags, card.isPointToPoint(), Flag.POINT_TO_POINT);
        add(flags, card.supportsMulticast(), Flag.MULTICAST);
        add(flags, !card.isLoopback() && !card.isPointToPoint(), Flag.BROADCAST);
        add(flags, (sysfsFlags(card.getName()) & IFF_NOARP) != 0, Flag.NOARP);
        return flags;
    }

    private static void add(Set<Flag> flags, boolean has, Flag flag) {
        if (has) {
            flags.add(flag);
        }
    }

    private static int sysfsFlags(String name) {
        try {
            return Integer.decode(
                    Files.readString(SYSFS.resolve(name).resolve("flags")).trim());
        } catch (IOException | NumberFormatException hidden) {
            return 0;
        }
    }

    private static Optional<String> master(String name) {
        try {
            return Optional.of(Files.readSymbolicLink(SYSFS.resolve(name).resolve("master"))
                    .getFileName()
                    .toString());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    @Override
    public boolean awaitChange(int millis) {
        try {
            return wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
