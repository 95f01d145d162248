package org.heraldlb.membership.protocol;

/**
 * Whether this process has run all the time. A process that was frozen must not act on what it believed before: it waits
 * until somebody has answered it, or for a detection time.
 */
final class Wakefulness {

    private final Timing timing;
    private long lastTick;
    private long answeringUntil;
    private long wokeAt;
    private boolean drowsy = true;

    Wakefulness(Timing timing, long nowNanos) {
        this.timing = timing;
        lastTick = nowNanos;
        wokeAt = nowNanos;
        answeringUntil = nowNanos;
    }

    /** Something runs. True when the process was frozen before. */
    boolean tick(long nowNanos) {
        boolean frozen = nowNanos - lastTick >= timing.awake();
        lastTick = nowNanos;
        if (frozen) {
            drowsy = true;
            wokeAt = nowNanos;
        }
        if (drowsy && nowNanos - wokeAt >= timing.detection()) {
            drowsy = false;
        }
        extend();
        return frozen;
    }

    /** Somebody has answered what we sent at {@code sentAt}. */
    void answered(long sentAt) {
        if (drowsy && sentAt - wokeAt >= 0) {
            drowsy = false;
            extend();
        }
    }

    private void extend() {
        if (!drowsy) {
            answeringUntil = lastTick + timing.awake();
        }
    }

    boolean isDrowsy() {
        return drowsy;
    }

    /** Answers in mode {@code AVAILABLE} may be given until then. */
    long answeringUntil() {
        return answeringUntil;
    }
}
