package org.heraldlb.l2.contest;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The questions of one node for one address of another: one each {@link #INTERVAL} or less often, on one interface after the other. A
 * lost question or a move in progress must not look like a fault, so that only the second bad round counts.
 */
public final class Watch implements Agenda.Entry {

    /** At most one question for an address in this time, in nanoseconds. */
    public static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    /** What the last rounds showed. */
    public enum Finding {
        /** Too early to say. */
        UNKNOWN,
        /** Those answer who should, and nobody else. */
        EXPECTED,
        /** Nobody does. */
        SILENT,
        /** Somebody else does. */
        OTHER
    }

    private static final long ANSWER_TIME = Duration.ofSeconds(1).toNanos();
    private static final int BAD_ROUNDS = 2;

    private Set<Long> expected;
    private long interval;
    private int places;
    private int place;
    private long askedAt;
    private long deadline;
    private boolean waiting;
    private boolean right;
    private long wrong;
    private int silentQuestions;
    private int wrongRounds;
    private Finding finding = Finding.UNKNOWN;
    private long other;

    /**
     * Starts somewhere within the interval.
     *
     * @param interval at least {@link #INTERVAL}
     * @param spread anything that differs between addresses, so that questions spread over the interval
     */
    public Watch(Set<Long> expected, int places, long interval, long spread, long nowNanos) {
        expect(expected, places, interval);
        deadline = nowNanos + Math.floorMod(spread * 0x9e37_79b9_7f4a_7c15L >>> 1, interval);
    }

    /**
     * From now on these are the right answers; an owner that changed starts with a clean slate.
     *
     * @param macs who may answer; empty: anybody
     * @param interfaces how many there are to ask on, in turn
     * @param pause nanoseconds between two questions, at least {@link #INTERVAL}
     */
    public void expect(Set<Long> macs, int interfaces, long pause) {
        interval = Math.max(INTERVAL, pause);
        if (!macs.equals(expected)) {
            expected = new HashSet<>(macs);
            finding = Finding.UNKNOWN;
            wrongRounds = 0;
            silentQuestions = 0;
            deadline = waiting ? askedAt + interval : deadline;
            waiting = false;
        }
        places = interfaces;
    }

    /**
     * The {@link #deadlineNanos()} has come.
     *
     * @return the number of the interface to ask on, -1 when there is nothing to ask now
     */
    public int due(long nowNanos) {
        if (waiting) {
            judge();
            deadline = askedAt + interval;
            return -1;
        }
        if (places == 0) {
            deadline = nowNanos + interval;
            finding = Finding.UNKNOWN;
            return -1;
        }
        place = (place + 1) % places;
        waiting = true;
        right = false;
        wrong = 0;
        askedAt = nowNanos;
        deadline = nowNanos + ANSWER_TIME;
        return place;
    }

    /** {@code mac} says that the address is his. */
    public void answered(long mac) {
        if (expected.isEmpty() || expected.contains(mac)) {
            right = true;
        } else {
            wrong = mac;
        }
    }

    private void judge() {
        waiting = false;
        silentQuestions = right || wrong != 0 ? 0 : silentQuestions + 1;
        wrongRounds = wrong == 0 ? 0 : wrongRounds + 1;
        if (wrongRounds >= BAD_ROUNDS) {
            finding = Finding.OTHER;
            other = wrong;
        } else if (silentQuestions >= BAD_ROUNDS * places) {
            finding = Finding.SILENT;
        } else if (right && wrongRounds == 0) {
            finding = Finding.EXPECTED;
        }
    }

    public Finding finding() {
        return finding;
    }

    /** The MAC address of whoever answers in {@link Finding#OTHER}. */
    public long other() {
        return other;
    }

    @Override
    public long deadlineNanos() {
        return deadline;
    }
}
