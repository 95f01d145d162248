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
    private long other;

    /** {@code mac} is the interface's. */
    public NeighborResponder(long mac, OwnMacs own) {
        this.mac = mac;
        this.own = own;
    }

    @Override
    public Verdict decide(byte[] frame, int length, Claims claims, byte[] reply) {
        claim = null;
        Flaw flaw = message.read(frame, length);
        if (flaw != Flaw.NONE) {
            return Verdict.of(flaw);
        }
        claim = claims.v6(message.targetHigh(), message.targetLow());
        other = message.linkLayer() == NeighborMessage.NO_LINK_LAYER ? Ethernet.source(frame) : message.linkLayer();
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
        Verdict verdict = claim.role().toQuestions();
        return verdict == Verdict.ANSWERED ? decideSolicitation(Ethernet.source(frame), claims, reply) : verdict;
    }

    private Verdict decideAdvertisement(long source) {
        if (claim == null) {
            return Verdict.NOT_A_QUESTION;
        }
        if (own.contains(source)) {
            return Verdict.OWN_ECHO;
        }
        return claim.role() == Claim.Role.WATCHED ? Verdict.WATCHED : Verdict.CONFLICT;
    }

    private Verdict decideSolicitation(long source, Claims claims, byte[] reply) {
        if (own.contains(source)) {
            return Verdict.OWN_ECHO;
        }
        if (other == 0 || Ethernet.isGroup(other)) {
            return Verdict.BAD_SENDER;
        }
        Claim spoofed = claims.v6(message.sourceHigh(), message.sourceLow());
        if (spoofed != null) {
            claim = spoofed;
            return spoofed.role() == Claim.Role.WATCHED ? Verdict.WATCHED : Verdict.CONFLICT;
        }
        write(reply, other);
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
    public long otherMac() {
        return other;
    }

    @Override
    public long otherHigh() {
        return message.sourceHigh();
    }

    @Override
    public long otherLow() {
        return message.sourceLow();
    }

    @Override
    public int replyLength() {
        return NeighborMessage.MESSAGE_LENGTH;
    }
}
