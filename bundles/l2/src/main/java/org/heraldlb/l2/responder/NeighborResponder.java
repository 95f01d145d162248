package org.heraldlb.l2.responder;

import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.Flaw;
import org.heraldlb.l2.packet.NeighborMessage;

/**
 * Answers neighbour solicitations (RFC 4861 section 7.2.4) about an address that is announced here. Whoever says who he
 * is gets the answer alone, without the override flag; a solicitation from the unspecified address is duplicate address
 * detection and is answered to all nodes, with it.
 */
public final class NeighborResponder implements Responder {

    private final NeighborMessage message = new NeighborMessage();
    private final long mac;
    private final OwnMacs own;
    private Claim claim;

    /** {@code mac} is the interface's. */
    public NeighborResponder(long mac, OwnMacs own) {
        this.mac = mac;
        this.own = own;
    }

    @Override
    public Verdict decide(byte[] frame, int length, Claims claims, byte[] reply) {
        Flaw flaw = message.read(frame, length);
        if (flaw != Flaw.NONE) {
            return Verdict.of(flaw);
        }
        claim = claims.v6(message.targetHigh(), message.targetLow());
        if (message.type() != NeighborMessage.SOLICITATION) {
            return decideAdvertisement(Ethernet.source(frame));
        }
        long destination = Ethernet.destination(frame);
        if (destination != mac && !Ethernet.isGroup(destination)) {
            return Verdict.ETHERNET_DESTINATION;
        }
        if (claim == null) {
            return Verdict.NOT_ANNOUNCED;
        }
        if (!claim.here()) {
            return Verdict.OTHER_INTERFACE;
        }
        return decideSolicitation(Ethernet.source(frame), claims, reply);
    }

    private Verdict decideAdvertisement(long source) {
        if (claim == null) {
            return Verdict.NOT_A_QUESTION;
        }
        return own.contains(source) ? Verdict.OWN_ECHO : Verdict.CONFLICT;
    }

    private Verdict decideSolicitation(long source, Claims claims, byte[] reply) {
        if (own.contains(source)) {
            return Verdict.OWN_ECHO;
        }
        long asker = message.linkLayer() == NeighborMessage.NO_LINK_LAYER ? source : message.linkLayer();
        if (asker == 0 || Ethernet.isGroup(asker)) {
            return Verdict.BAD_SENDER;
        }
        Claim spoofed = claims.v6(message.sourceHigh(), message.sourceLow());
        if (spoofed != null) {
            claim = spoofed;
            return Verdict.CONFLICT;
        }
        write(reply, asker);
        return Verdict.ANSWERED;
    }

    private void write(byte[] reply, long asker) {
        if (message.isFromUnspecified()) {
            NeighborMessage.writeUnsolicited(reply, mac, message.targetHigh(), message.targetLow());
        } else {
            NeighborMessage.writeSolicited(
                    reply,
                    mac,
                    asker,
                    message.sourceHigh(),
                    message.sourceLow(),
                    message.targetHigh(),
                    message.targetLow());
        }
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public int replyLength() {
        return NeighborMessage.MESSAGE_LENGTH;
    }
}
