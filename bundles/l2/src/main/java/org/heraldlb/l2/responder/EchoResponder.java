package org.heraldlb.l2.responder;

import org.heraldlb.l2.packet.EchoMessage;
import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.Flaw;

/**
 * Answers pings (ICMP echo) of announced addresses that no interface of this host has: there the kernel answers. At most
 * so many a second, as MetalLB's users know addresses that do not answer at all.
 */
public final class EchoResponder implements Responder {

    private static final long SECOND = 1_000_000_000L;

    private final EchoMessage message;
    private final boolean v4;
    private final long mac;
    private final int rate;
    private Claim claim;
    private long asker;
    private long askerHigh;
    private long askerLow;
    private long secondStarted;
    private int answered;

    /**
     * Of one family and interface.
     *
     * @param mac of the interface
     * @param rate answers in a second at most
     */
    public EchoResponder(boolean v4, long mac, int rate) {
        this.message = new EchoMessage(v4);
        this.v4 = v4;
        this.mac = mac;
        this.rate = rate;
    }

    @Override
    public Verdict decide(byte[] frame, int length, Claims claims, byte[] reply) {
        claim = null;
        Flaw flaw = message.read(frame, length);
        if (flaw != Flaw.NONE) {
            return Verdict.of(flaw);
        }
        if (Ethernet.destination(frame) != mac) {
            return Verdict.ETHERNET_DESTINATION;
        }
        long high = message.targetHigh(frame);
        long low = message.targetLow(frame);
        claim = v4 ? claims.v4((int) low) : claims.v6(high, low);
        if (claim == null) {
            return Verdict.NOT_ANNOUNCED;
        }
        asker = Ethernet.source(frame);
        askerHigh = message.otherHigh(frame);
        askerLow = message.otherLow(frame);
        Verdict verdict = claim.role().toQuestions();
        return verdict == Verdict.ANSWERED ? answer(frame, claims, reply) : verdict;
    }

    private Verdict answer(byte[] frame, Claims claims, byte[] reply) {
        Claim spoofed = v4 ? claims.v4((int) askerLow) : claims.v6(askerHigh, askerLow);
        if (spoofed != null || Ethernet.isGroup(asker) || asker == 0) {
            return Verdict.BAD_SENDER;
        }
        message.writeReply(frame, reply, mac);
        return Verdict.ANSWERED;
    }

    @Override
    public boolean mayAnswer(long nowNanos) {
        if (answered == 0 || nowNanos - secondStarted >= SECOND) {
            secondStarted = nowNanos;
            answered = 0;
        }
        return answered++ < rate;
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public long otherMac() {
        return asker;
    }

    @Override
    public long otherHigh() {
        return askerHigh;
    }

    @Override
    public long otherLow() {
        return askerLow;
    }

    @Override
    public int replyLength() {
        return EchoMessage.LONGEST;
    }

    @Override
    public int lastReplyLength() {
        return message.length();
    }
}
