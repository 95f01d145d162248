package org.heraldlb.l2.responder;

import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.Flaw;

/**
 * Answers ARP requests (RFC 826) that come to everybody or to us, about an address that is announced here; probes
 * (RFC 5227) too, for that is how others learn that the address is taken.
 */
public final class ArpResponder implements Responder {

    private final ArpPacket packet = new ArpPacket();
    private final long mac;
    private final OwnMacs own;
    private Claim claim;

    /** {@code mac} is the interface's. */
    public ArpResponder(long mac, OwnMacs own) {
        this.mac = mac;
        this.own = own;
    }

    @Override
    public Verdict decide(byte[] frame, int length, Claims claims, byte[] reply) {
        claim = null;
        Flaw flaw = packet.read(frame, length);
        if (flaw != Flaw.NONE) {
            return Verdict.of(flaw);
        }
        claim = claims.v4(packet.sender());
        if (claim != null) {
            return decideAssertion();
        }
        if (packet.operation() != ArpPacket.REQUEST) {
            return Verdict.NOT_A_QUESTION;
        }
        long destination = Ethernet.destination(frame);
        if (destination != Ethernet.BROADCAST && destination != mac) {
            return Verdict.ETHERNET_DESTINATION;
        }
        claim = claims.v4(packet.target());
        if (claim == null) {
            return Verdict.NOT_ANNOUNCED;
        }
        Verdict verdict = claim.role().toQuestions();
        return verdict == Verdict.ANSWERED ? answer(reply) : verdict;
    }

    private Verdict decideAssertion() {
        if (own.contains(packet.senderMac())) {
            return Verdict.OWN_ECHO;
        }
        return claim.role() == Claim.Role.WATCHED ? Verdict.WATCHED : Verdict.CONFLICT;
    }

    private Verdict answer(byte[] reply) {
        long asker = packet.senderMac();
        if (asker == mac) {
            return Verdict.OWN_ECHO;
        }
        if (asker == 0 || Ethernet.isGroup(asker)) {
            return Verdict.BAD_SENDER;
        }
        ArpPacket.write(reply, asker, ArpPacket.REPLY, mac, packet.target(), asker, packet.sender());
        return Verdict.ANSWERED;
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public long otherMac() {
        return packet.senderMac();
    }

    @Override
    public long otherHigh() {
        return 0;
    }

    @Override
    public long otherLow() {
        return packet.sender() & 0xffff_ffffL;
    }

    @Override
    public int replyLength() {
        return ArpPacket.LENGTH;
    }
}
