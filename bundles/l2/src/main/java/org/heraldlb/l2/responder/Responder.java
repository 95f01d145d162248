package org.heraldlb.l2.responder;

/**
 * Decides about the frames of one interface and protocol. Pure but for the scratch space it reads into, so one thread
 * uses it; nothing is allocated.
 */
public sealed interface Responder permits ArpResponder, NeighborResponder {

    /**
     * Decides about a frame.
     *
     * @param frame any bytes, from the destination MAC on
     * @param length at most {@code frame.length}
     * @param claims what is announced
     * @param reply room for the answer, at least {@link #replyLength()}
     * @return {@link Verdict#ANSWERED} when {@code reply} is to be sent
     */
    Verdict decide(byte[] frame, int length, Claims claims, byte[] reply);

    /** The claim that the last {@link Verdict#ANSWERED} or {@link Verdict#CONFLICT} was about. */
    Claim claim();

    int replyLength();
}
