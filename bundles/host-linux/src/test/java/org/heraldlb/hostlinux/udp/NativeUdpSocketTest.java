package org.heraldlb.hostlinux.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class NativeUdpSocketTest {

    private static final int PORT = 47_841;
    private final NativeUdpSockets sockets = new NativeUdpSockets();

    private static UdpSpec spec(IpAddress local, int port, int hopLimit) {
        return new UdpSpec(local.family(), Optional.of(local), port, hopLimit, 0xc0, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 255", "127.0.0.1, 64", "::1, 255", "::1, 7"})
    void carriesPayloadAddressesAndHopLimit(String text, int hopLimit) throws IOException {
        IpAddress local = IpAddress.parse(text);
        UdpArrival arrival = new UdpArrival();
        ByteBuffer in = ByteBuffer.allocateDirect(64);
        try (UdpSocket receiver = sockets.open(spec(local, PORT, 64));
                UdpSocket sender = sockets.open(spec(local, PORT + 1, hopLimit));
                UdpPoller poller = sockets.openPoller()) {
            poller.add(receiver);
            assertThat(receiver.receive(in, arrival)).isFalse();
            ByteBuffer packet = ByteBuffer.allocateDirect(8).putLong(0, 0x1122334455667788L);
            sender.send(packet, local, 0, PORT);
            poller.await(5_000_000_000L);
            assertThat(receiver.receive(in, arrival)).isTrue();
            assertThat(in.remaining()).isEqualTo(8);
            assertThat(in.getLong(0)).isEqualTo(0x1122334455667788L);
            assertThat(arrival.hopLimit).isEqualTo(hopLimit);
            assertThat(arrival.sourcePort).isEqualTo(PORT + 1);
            assertThat(new IpAddress(local.family(), arrival.sourceHigh, arrival.sourceLow))
                    .isEqualTo(local);
            assertThat(new IpAddress(local.family(), arrival.destinationHigh, arrival.destinationLow))
                    .isEqualTo(local);
            assertThat(arrival.linkIndex).isPositive();
            assertThat(receiver.receive(in, arrival)).isFalse();
        }
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws IOException {
        UdpSpec spec = spec(IpAddress.parse("127.0.0.1"), PORT + 2, 255);
        try (UdpSocket first = sockets.open(spec)) {
            assertThat(first.spec()).isEqualTo(spec);
            assertThatThrownBy(() -> sockets.open(spec))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + (PORT + 2))
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void saysWhatToDoWhenTheAddressOrInterfaceIsNotHere() {
        assertThatThrownBy(() -> sockets.open(spec(IpAddress.parse("192.0.2.77"), PORT + 3, 255)))
                .hasMessageContaining("not on this host");
        assertThatThrownBy(() -> sockets.open(
                        new UdpSpec(IpFamily.IPV4, Optional.empty(), PORT + 3, 255, 0, Optional.of("nosuchlink0"))))
                .hasMessageContaining("nosuchlink0");
    }

    @Test
    void wakingUpEndsTheWaitFromAnyThread() throws Exception {
        try (UdpPoller poller = sockets.openPoller()) {
            Thread waker = new Thread(poller::wakeUp);
            waker.start();
            poller.await(20_000_000_000L);
            waker.join();
            poller.await(1_000);
        }
    }

    @Test
    void aPortInUseIsToldApartFromOtherRefusals() throws IOException {
        UdpSpec spec = spec(IpAddress.parse("127.0.0.1"), PORT + 4, 255);
        try (UdpSocket first = sockets.open(spec)) {
            first.sendOnly();
            assertThatThrownBy(() -> sockets.open(spec)).isInstanceOf(BindException.class);
        }
        assertThatThrownBy(() -> sockets.open(spec(IpAddress.parse("192.0.2.77"), PORT + 4, 255)))
                .isNotInstanceOf(BindException.class);
    }

    @Test
    void wakingUpAClosedPollerHarmsNobody() throws IOException {
        UdpPoller poller = sockets.openPoller();
        poller.close();
        poller.close();
        poller.wakeUp();
    }

    @Test
    void noSlackIsForEverybodyAndPriorityForThoseWhoMay() throws Exception {
        List<String> refusals = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                sockets.makePunctual(0);
                sockets.makePunctual(1);
            } catch (IOException refused) {
                refusals.add(refused.getMessage());
            }
        });
        thread.start();
        thread.join();
        assertThat(refusals).allMatch(text -> text.contains("CAP_SYS_NICE"));
    }
}
