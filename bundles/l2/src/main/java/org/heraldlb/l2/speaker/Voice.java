package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.Optional;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.NeighborMessage;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.Sent;
import org.heraldlb.runtime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a station says without being asked. The loop owns it. */
final class Voice {

    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    private final FrameSocket socket;
    private final long mac;
    private final Optional<IpAddress> linkLocal;
    private final Permit permit;
    private final SpokenCounts counts;
    private final FlightRecorder recorder;
    private final Ticker ticker;
    private final byte[] frame = new byte[NeighborMessage.MESSAGE_LENGTH];

    Voice(FrameSocket socket, long mac, Permit permit, SpokenCounts counts, FlightRecorder recorder, Ticker ticker) {
        this.socket = socket;
        this.mac = mac;
        this.linkLocal = socket.link().linkLocalV6();
        this.permit = permit;
        this.counts = counts;
        this.recorder = recorder;
        this.ticker = ticker;
    }

    /** Tells everybody on the link that the address is here: in both forms of ARP, as some listen to the one only. */
    void announce(Claim claim) {
        IpAddress address = claim.address();
        if (!mayClaim(claim)) {
            return;
        }
        if (address.isV4()) {
            ArpPacket.writeGratuitous(frame, ArpPacket.REQUEST, mac, (int) address.low());
            if (send(ArpPacket.LENGTH, Sent.ANNOUNCEMENT)) {
                claim.counts().announced();
            }
            ArpPacket.writeGratuitous(frame, ArpPacket.REPLY, mac, (int) address.low());
            if (send(ArpPacket.LENGTH, Sent.ANNOUNCEMENT)) {
                claim.counts().announced();
            }
        } else {
            NeighborMessage.writeUnsolicited(frame, mac, address.high(), address.low());
            if (send(NeighborMessage.MESSAGE_LENGTH, Sent.ANNOUNCEMENT)) {
                claim.counts().announced();
            }
        }
    }

    /** The same in one frame, against somebody who claims it too. */
    void defend(Claim claim) {
        IpAddress address = claim.address();
        if (!mayClaim(claim)) {
            return;
        }
        if (address.isV4()) {
            ArpPacket.writeGratuitous(frame, ArpPacket.REQUEST, mac, (int) address.low());
            send(ArpPacket.LENGTH, Sent.DEFENCE);
        } else {
            NeighborMessage.writeUnsolicited(frame, mac, address.high(), address.low());
            send(NeighborMessage.MESSAGE_LENGTH, Sent.DEFENCE);
        }
    }

    private boolean mayClaim(Claim claim) {
        boolean allowed = permit.allows(claim.mode(), ticker.nanos());
        if (!allowed) {
            counts.withheld(claim.mode());
        }
        return allowed;
    }

    /** Asks whether anybody has the address, so that nobody learns anything from it. */
    void probe(IpAddress address) {
        if (address.isV4()) {
            ArpPacket.writeProbe(frame, mac, (int) address.low());
            send(ArpPacket.LENGTH, Sent.PROBE);
        } else {
            NeighborMessage.writeProbe(frame, mac, address.high(), address.low());
            send(NeighborMessage.PROBE_LENGTH, Sent.PROBE);
        }
    }

    /** Asks who has the address of another node; for IPv6 so that the answer comes to us alone. */
    void ask(IpAddress address) {
        if (address.isV4()) {
            ArpPacket.writeProbe(frame, mac, (int) address.low());
            send(ArpPacket.LENGTH, Sent.QUESTION);
        } else if (linkLocal.isPresent()) {
            IpAddress from = linkLocal.get();
            NeighborMessage.writeSolicitation(frame, mac, from.high(), from.low(), address.high(), address.low());
            send(NeighborMessage.MESSAGE_LENGTH, Sent.QUESTION);
        }
    }

    private boolean send(int length, Sent reason) {
        try {
            socket.send(frame, length);
            counts.sent(reason);
            recorder.record(frame, length, ticker.nanos(), reason);
            return true;
        } catch (IOException refused) {
            LOG.debug("{}: a frame was not sent ({})", socket.link().name(), reason.label(), refused);
            return false;
        }
    }

    FlightRecorder recorder() {
        return recorder;
    }
}
