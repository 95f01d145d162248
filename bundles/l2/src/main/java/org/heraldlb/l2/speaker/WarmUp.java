package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.List;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.NeighborMessage;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.ArpResponder;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claims;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.NeighborResponder;
import org.heraldlb.l2.responder.OwnMacs;
import org.heraldlb.l2.responder.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the whole path, from the kernel through the responder and back, some thousand times over the loopback interface,
 * so that the first true request finds it compiled. Nothing leaves the host: the frames are about a documentation
 * address, and the loopback interface does no ARP.
 */
final class WarmUp implements FrameListener {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 6_000;
    private static final int DRY_ROUNDS = 12_000;
    private static final long ASKER = 0x0200_0000_0001L;
    private static final long ANSWERER = 0x0200_0000_0002L;
    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.1");
    private static final IpAddress ADDRESS_V6 = IpAddress.parse("2001:db8::1");

    private static final Listener.Superior NOBODY = new Listener.Superior() {
        @Override
        public void news(Listener from) {
            // A warm-up has no conflicts.
        }

        @Override
        public void broken(Listener from, String reason) {
            // Told to the warm-up itself.
        }
    };

    private final Listener listener = new Listener(
            new ArpResponder(ANSWERER, new OwnMacs(List.of())), new Permit(), new FlightRecorder(1), NOBODY);
    private final byte[] question = new byte[ArpPacket.LENGTH];
    private final Runnable done;
    private int rounds;

    private WarmUp(Runnable done) {
        this.done = done;
        ArpPacket.write(question, Ethernet.BROADCAST, ArpPacket.REQUEST, ASKER, 1, 0, (int) ADDRESS.low());
        listener.claim(List.of(new Claim(ADDRESS, true, new AddressCounts())));
    }

    /**
     * Starts it; {@code done} is called once on some thread when it is over, at once when there is nothing to do it on.
     *
     * @return the socket to close afterwards, null when there is none
     */
    static FrameSocket start(PacketSockets sockets, LinkSnapshot links, Runnable done) {
        rehearse();
        Link loopback = links.links().stream()
                .filter(link -> link.has(Flag.LOOPBACK) && link.has(Flag.UP))
                .findFirst()
                .orElse(null);
        if (loopback == null) {
            done.run();
            return null;
        }
        WarmUp warmUp = new WarmUp(done);
        try {
            FrameSocket socket = sockets.open(loopback, FrameFilter.ARP, warmUp);
            socket.send(warmUp.question, ArpPacket.LENGTH);
            return socket;
        } catch (IOException refused) {
            // The same refusal comes again where it matters, as a problem of an interface.
            LOG.debug("no warm-up over the loopback interface", refused);
            done.run();
            return null;
        }
    }

    /** The decisions alone, over both protocols. */
    private static void rehearse() {
        OwnMacs own = new OwnMacs(List.of());
        Claims claims = new Claims(List.of(
                new Claim(ADDRESS, true, new AddressCounts()), new Claim(ADDRESS_V6, true, new AddressCounts())));
        byte[] question = new byte[NeighborMessage.MESSAGE_LENGTH];
        byte[] reply = new byte[NeighborMessage.MESSAGE_LENGTH];
        ArpResponder arp = new ArpResponder(ANSWERER, own);
        ArpPacket.write(question, Ethernet.BROADCAST, ArpPacket.REQUEST, ASKER, 1, 0, (int) ADDRESS.low());
        for (int i = 0; i < DRY_ROUNDS; i++) {
            arp.decide(question, ArpPacket.LENGTH, claims, reply);
        }
        NeighborResponder neighbor = new NeighborResponder(ANSWERER, own);
        NeighborMessage.writeSolicitation(question, ASKER, ADDRESS_V6.high(), 2, ADDRESS_V6.high(), ADDRESS_V6.low());
        for (int i = 0; i < DRY_ROUNDS; i++) {
            neighbor.decide(question, NeighborMessage.MESSAGE_LENGTH, claims, reply);
        }
    }

    @Override
    public void frame(FrameSocket socket, byte[] buffer, int length, long nowNanos) {
        if (rounds > ROUNDS) {
            return;
        }
        long before = listener.counts().of(Verdict.ANSWERED);
        listener.frame(socket, buffer, length, nowNanos);
        if (listener.counts().of(Verdict.ANSWERED) > before) {
            next(socket);
        }
    }

    private void next(FrameSocket socket) {
        if (++rounds > ROUNDS) {
            done.run();
            return;
        }
        try {
            socket.send(question, ArpPacket.LENGTH);
        } catch (IOException refused) {
            rounds = ROUNDS + 1;
            done.run();
        }
    }

    @Override
    public void broken(FrameSocket socket, String reason) {
        done.run();
    }
}
