package org.heraldlb.l2.speaker;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.heraldlb.l2.responder.Claim;

/**
 * What one capture thread tells the loop about others who claim addresses. It holds little and drops what is more: under a
 * flood of forged claims the loop sees some of them, and its work is bounded. The capture thread never allocates or waits.
 */
final class Hearsay {

    static final int CAPACITY = 64;

    /** What was heard. */
    enum Kind {
        /** Somebody else says that the address is his. */
        CLAIMED,
        /** Somebody else asks whether anybody has it, since he wants it. */
        WANTED,
        /** Somebody says that an address which we watch is his. There is no hurry: whoever asked will look. */
        WATCHED
    }

    /** Takes what was heard. */
    interface Ear {
        void hear(Claim claim, long mac, Kind kind);
    }

    private final Claim[] claims = new Claim[CAPACITY];
    private final long[] macs = new long[CAPACITY];
    private final Kind[] kinds = new Kind[CAPACITY];
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicBoolean called = new AtomicBoolean();
    private final Runnable call;

    /** {@code call} is run on the capture thread when there is news that cannot wait, once until the loop drains. */
    Hearsay(Runnable call) {
        this.call = call;
    }

    /** On the capture thread. */
    void tell(Claim claim, long mac, Kind kind) {
        int at = written.getPlain();
        if (at - read.getAcquire() < CAPACITY) {
            int slot = at & CAPACITY - 1;
            claims[slot] = claim;
            macs[slot] = mac;
            kinds[slot] = kind;
            written.setRelease(at + 1);
        }
        boolean hurry = kind != Kind.WATCHED || at - read.getAcquire() >= CAPACITY / 2;
        if (hurry && !called.get() && called.compareAndSet(false, true)) {
            call.run();
        }
    }

    /** On the loop. */
    void drain(Ear ear) {
        called.set(false);
        int end = written.getAcquire();
        for (int at = read.getPlain(); at != end; at++) {
            int slot = at & CAPACITY - 1;
            ear.hear(claims[slot], macs[slot], kinds[slot]);
            read.setRelease(at + 1);
        }
    }
}
