package org.heraldlb.hostlinux.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.api.net.IpAddress;
import org.junit.jupiter.api.Test;

final class WillsTest {

    private static final IpAddress PEER = IpAddress.parse("192.0.2.1");
    private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

    /** Remembers what was sent, and whether it is closed. */
    private static final class Socket implements UdpSocket {
        final List<Integer> sent = new CopyOnWriteArrayList<>();
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public UdpSpec spec() {
            throw new AssertionError("nobody needs it");
        }

        @Override
        public void send(ByteBuffer packet, IpAddress to, int scope, int port) {
            sent.add(packet.getInt(0) + scope + port);
        }

        @Override
        public boolean receive(ByteBuffer into, UdpArrival arrival) {
            throw new AssertionError("nobody reads");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static UdpWill will(Socket socket, int last) {
        ByteBuffer packet = ByteBuffer.allocateDirect(4).putInt(0, last);
        return new UdpWill("bfd", socket, ByteBuffer.allocate(0), packet, PEER, 10, 100);
    }

    @Test
    void whoeverComesInTimeInheritsAnOpenSocketOnce() {
        Socket socket = new Socket();
        Wills wills = new Wills();
        UdpWill left = will(socket, 1);
        wills.leave(left, FOR_EVER);
        assertThat(wills.inherit("other")).isEmpty();
        assertThat(wills.inherit("bfd")).containsSame(left);
        assertThat(wills.inherit("bfd")).isEmpty();
        wills.close();
        assertThat(socket.sent).isEmpty();
        assertThat(socket.closed.getCount()).isEqualTo(1);
    }

    @Test
    void aWillThatNobodyClaimsIsExecuted() throws Exception {
        Socket socket = new Socket();
        try (Wills wills = new Wills()) {
            wills.leave(will(socket, 1), 0);
            assertThat(socket.closed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.sent).containsExactly(111, 111, 111);
            assertThat(wills.inherit("bfd")).isEmpty();
        }
    }

    /** As two swaps in a row do: the time of the first will is not that of the second. */
    @Test
    void aWillLeftAgainHasATimeOfItsOwn() throws Exception {
        Socket socket = new Socket();
        try (Wills wills = new Wills()) {
            wills.leave(will(socket, 1), FOR_EVER);
            assertThat(wills.inherit("bfd")).isPresent();
            wills.leave(will(socket, 2), FOR_EVER);
            assertThat(wills.inherit("bfd")).isPresent();
            wills.leave(will(socket, 3), 0);
            assertThat(socket.closed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.sent).containsExactly(113, 113, 113);
        }
    }

    @Test
    void theEndOfTheHostAndANewerWillExecuteWhatIsLeft() throws Exception {
        Socket first = new Socket();
        Socket second = new Socket();
        Wills wills = new Wills();
        wills.leave(will(first, 1), FOR_EVER);
        wills.leave(will(second, 2), FOR_EVER);
        assertThat(first.closed.await(60, TimeUnit.SECONDS)).isTrue();
        wills.close();
        assertThat(second.sent).containsExactly(112, 112, 112);
        assertThat(second.closed.getCount()).isZero();
    }
}
