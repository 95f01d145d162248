package org.heraldlb.hostlinux.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.addresses.AddressKeeper.Leave;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkWriter;
import org.heraldlb.hostlinux.netlink.NetlinkWriter.Existing;
import org.heraldlb.hostlinux.sys.Errno;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AddressKeeperTest {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final IpAddress A = IpAddress.parse("192.0.2.100");
    private static final IpAddress B = IpAddress.parse("fd96::100");

    /** Addresses as the kernel keeps them, without expiry. */
    private static final class FakeBook implements AddressBook {
        final Map<IpAddress, AddressIs> present = new TreeMap<>();
        final List<String> calls = new ArrayList<>();
        int error;
        boolean silent;

        @Override
        public int put(int index, IpAddress address, long seconds, Existing existing) throws IOException {
            if (silent) {
                throw new IOException("silent");
            }
            calls.add(existing + " " + address + " " + seconds);
            if (error != 0) {
                return error;
            }
            if (existing == Existing.REFUSE && present.containsKey(address)) {
                return Errno.EEXIST;
            }
            int bits = address.family().bits();
            present.put(address, new AddressIs(index, address, bits, 0, seconds, NetlinkWriter.OUR_PROTOCOL));
            return 0;
        }

        @Override
        public int remove(int index, IpAddress address) {
            calls.add("REMOVE " + address);
            return present.remove(address) == null ? Errno.EADDRNOTAVAIL : 0;
        }

        @Override
        public List<AddressIs> list() {
            return List.copyOf(present.values());
        }

        @Override
        public void close() {
            calls.add("CLOSE");
        }
    }

    private record FakeLinks(SnapshotCell<LinkSnapshot> cell) implements LinkMonitor {
        @Override
        public LinkSnapshot current() {
            return cell.current();
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            return cell.observe(observer);
        }
    }

    private final ManualLoop loop = new ManualLoop();
    private final FakeBook book = new FakeBook();
    private final FakeLinks links = new FakeLinks(new SnapshotCell<>(LinkSnapshot.EMPTY));
    private final AddressKeeper keeper = new AddressKeeper(loop, links, book, LIFETIME);
    private long generation;

    @BeforeEach
    void start() {
        keeper.start();
        links("lo", 1);
    }

    private void links(String name, int index) {
        Link link = new Link(index, name, Optional.empty(), Set.of(), Optional.empty(), List.of());
        links.cell().set(new LinkSnapshot(++generation, List.of(link), List.of()));
        loop.runPosted();
    }

    private void plan(IpAddress... addresses) {
        keeper.apply(new HostAddressPlan(
                ++generation,
                "a",
                Arrays.stream(addresses)
                        .map(address -> new Assignment(address, "lo"))
                        .toList()));
        loop.runPosted();
    }

    private AnnouncementStatus status(int index) {
        return keeper.status().current().announcements().get(index);
    }

    @Test
    void addressesArePutWithALifetime() {
        plan(A, B);

        assertThat(book.calls).containsExactly("REFUSE 192.0.2.100 60", "REFUSE fd96::100 60");
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
        assertThat(status(0).places()).containsExactly("lo");
    }

    @Test
    void theyAreRenewedThreeTimesInALifetime() {
        plan(A);
        book.calls.clear();

        loop.advance(Duration.ofSeconds(60));

        assertThat(book.calls).hasSize(3).containsOnly("REPLACE 192.0.2.100 60");
    }

    @Test
    void anEqualPlanChangesNothing() {
        plan(A);
        book.calls.clear();

        plan(A);

        assertThat(book.calls).isEmpty();
        assertThat(keeper.status().current().observedGeneration()).isEqualTo(generation);
    }

    @Test
    void whatThePlanDropsIsRemoved() {
        plan(A, B);

        plan(B);

        assertThat(book.present).containsOnlyKeys(B);
    }

    @Test
    void theAddressOfSomebodyElseIsLeftAlone() {
        book.present.put(A, new AddressIs(1, A, 32, 0, -1, 0));
        plan(A);
        book.calls.clear();

        loop.advance(LIFETIME);
        plan();

        assertThat(book.calls).isEmpty();
        assertThat(book.present).containsKey(A);
    }

    @Test
    void whatAnEarlierLifeLeftBehindIsTakenOver() {
        book.present.put(A, new AddressIs(1, A, 32, 0, 41, NetlinkWriter.OUR_PROTOCOL));
        plan(A);
        assertThat(book.calls).contains("REPLACE 192.0.2.100 60");

        plan();
        assertThat(book.present).isEmpty();
    }

    @Test
    void aMissingInterfaceIsAwaited() {
        links("eth0", 4);
        plan(A);
        assertThat(status(0).state()).isEqualTo(State.PENDING);
        assertThat(status(0).detail()).isEqualTo("no interface lo");

        links("lo", 1);

        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void aMissingCapabilityIsOneProblemAndIsTriedAgain() {
        book.error = Errno.EPERM;
        plan(A, B);
        assertThat(keeper.status().current().problems()).singleElement().satisfies(problem -> assertThat(problem.fix())
                .contains("CAP_NET_ADMIN"));
        assertThat(status(0).state()).isEqualTo(State.FAILED);

        book.error = 0;
        loop.advance(Duration.ofSeconds(5));

        assertThat(keeper.status().current().problems()).isEmpty();
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void aSilentKernelIsAskedAgain() {
        book.silent = true;
        plan(A);
        assertThat(status(0).state()).isEqualTo(State.PENDING);

        book.silent = false;
        loop.advance(Duration.ofSeconds(5));

        assertThat(book.present).containsKey(A);
    }

    @Test
    void aStopRemovesThem() {
        plan(A, B);

        keeper.close(Leave.REMOVE);

        assertThat(book.present).isEmpty();
        assertThat(book.calls).endsWith("CLOSE");
    }

    @Test
    void aHandOverLeavesThemForASuccessorForAWhile() {
        plan(A);

        keeper.close(Leave.HAND_OVER);

        assertThat(book.present.get(A).validSeconds()).isEqualTo(10);
    }
}
