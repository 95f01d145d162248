package org.heraldlb.bfd.fsm;

import org.heraldlb.api.bfd.BfdSessionTiming;

/**
 * Our intervals: what is wanted, what the peer has been told, and what is in effect (RFC 5880 section 6.8.3). A change
 * that would let the peer, or us, expire too early waits for the end of a poll sequence.
 */
final class Intervals {

    /** RFC 5880 section 6.8.3: while not Up, Desired Min TX Interval is at least one second. */
    static final long SLOW_MICROS = 1_000_000;

    private BfdSessionTiming wanted;
    private long advertisedTx;
    private long advertisedRx;
    private long effectiveTx;
    private long effectiveRx;
    private boolean polling;
    private boolean pollAgain;
    private boolean slowControl;

    Intervals(BfdSessionTiming wanted) {
        this.wanted = wanted;
        settle(false);
    }

    void want(BfdSessionTiming timing, boolean up) {
        wanted = timing;
        settle(up);
    }

    /** RFC 5880 section 6.8.3: while echoes detect failures, the peer is asked for at most one packet a second. */
    void slowControl(boolean slow) {
        slowControl = slow;
    }

    /** Brings what is advertised and in effect in line with what is wanted in this state. */
    void settle(boolean up) {
        long tx = up ? wanted.desiredMinTxMicros() : Math.max(wanted.desiredMinTxMicros(), SLOW_MICROS);
        long rx = slowControl ? Math.max(wanted.requiredMinRxMicros(), SLOW_MICROS) : wanted.requiredMinRxMicros();
        boolean changed = tx != advertisedTx || rx != advertisedRx;
        advertisedTx = tx;
        advertisedRx = rx;
        if (!up) {
            polling = false;
            pollAgain = false;
            commit();
        } else if (changed) {
            effectiveTx = Math.min(effectiveTx, tx);
            effectiveRx = Math.max(effectiveRx, rx);
            pollAgain = polling;
            polling = true;
        }
    }

    /** The peer has seen what we advertise. A poll that began before the newest change proves nothing about it. */
    void finalReceived() {
        if (polling && pollAgain) {
            pollAgain = false;
        } else if (polling) {
            polling = false;
            commit();
        }
    }

    private void commit() {
        effectiveTx = advertisedTx;
        effectiveRx = advertisedRx;
    }

    boolean polling() {
        return polling;
    }

    BfdSessionTiming wanted() {
        return wanted;
    }

    long advertisedTxMicros() {
        return advertisedTx;
    }

    long advertisedRxMicros() {
        return advertisedRx;
    }

    long effectiveTxMicros() {
        return effectiveTx;
    }

    long effectiveRxMicros() {
        return effectiveRx;
    }
}
