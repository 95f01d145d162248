package org.heraldlb.api.member;

import org.heraldlb.api.intent.L2Advertisement.Mode;

/**
 * Permission to answer, asked before every reply. It ends by itself, measured as a duration on this node's monotonic clock,
 * so that a node that was frozen or cut off stops before anybody else may start.
 */
public interface AnswerLease {

    /** For nodes without membership: always. */
    AnswerLease ALWAYS = (mode, nowNanos) -> true;

    /**
     * {@link Mode#QUORUM}: the majority has confirmed this node recently enough. {@link Mode#AVAILABLE}: this process was
     * not asleep since it last took part, so what it believes about the others is not stale. Any thread; reads a volatile
     * field.
     *
     * @param nowNanos now, on {@link System#nanoTime}'s clock
     */
    boolean allows(Mode mode, long nowNanos);
}
