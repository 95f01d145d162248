package org.heraldlb.l2.responder;

/**
 * Decides about the frames of one interface and protocol. Pure but for the scratch space it reads into, so one thread
 * uses it; nothing is allocated.
 */
public sealed interface Responder permits ArpResponder, NeighborResponder, EchoResponder {

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

    /** The claim that the last verdict was about; null when it was about no claim. */
    Claim claim();

    /** The MAC address of who asked or claimed, once there was a verdict about a claim. */
    long otherMac();

    /** The upper half of the asker's IP address; 0 with {@link #otherLow()} 0 when he has none yet. */
    long otherHigh();

    /** The lower half of the asker's IP address; all of an IPv4 address. */
    long otherLow();

    /** False when this kind of question has had enough answers for now. */
    default boolean mayAnswer(long nowNanos) {
        return true;
    }

    /** Room that a reply needs at most. */
    int replyLength();

    /** Length of the reply to the frame that was decided about last. */
    default int lastReplyLength() {
        return replyLength();
    }
}
