package org.heraldlb.l2.responder;

import org.heraldlb.api.net.IpAddress;
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
    private final IpAddress linkLocal;
    private final OwnMacs own;
    private Claim claim;

    /** {@code mac} and {@code linkLocal} are the interface's; answers come from them. */
    public NeighborResponder(long mac, IpAddress linkLocal, OwnMacs own) {
        this.mac = mac;
        this.linkLocal = linkLocal;
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
        claim.counts().requested();
        NeighborMessage.startAdvertisement(reply, mac, linkLocal.high(), linkLocal.low());
        if (message.isFromUnspecified()) {
            toAll(reply, message.targetHigh(), message.targetLow());
        } else {
            NeighborMessage.addressTo(reply, asker, message.sourceHigh(), message.sourceLow());
            NeighborMessage.finishAdvertisement(
                    reply, NeighborMessage.SOLICITED, message.targetHigh(), message.targetLow());
        }
        return Verdict.ANSWERED;
    }

    private static void toAll(byte[] out, long targetHigh, long targetLow) {
        NeighborMessage.addressTo(
                out, NeighborMessage.ALL_NODES_MAC, NeighborMessage.ALL_NODES_HIGH, NeighborMessage.ALL_NODES_LOW);
        NeighborMessage.finishAdvertisement(out, NeighborMessage.OVERRIDE, targetHigh, targetLow);
    }

    /** Tells all nodes on the link that {@code address} is at {@code mac}. */
    public static void writeUnsolicited(byte[] out, long mac, IpAddress linkLocal, IpAddress address) {
        NeighborMessage.startAdvertisement(out, mac, linkLocal.high(), linkLocal.low());
        toAll(out, address.high(), address.low());
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public int replyLength() {
        return NeighborMessage.ADVERTISEMENT_LENGTH;
    }
}
