package org.heraldlb.hostlinux.sys;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A file descriptor that is closed when its last user lets go, so that no thread ever uses a number that the kernel has
 * given to somebody else. Whoever makes one is its first user.
 */
public final class FileDescriptor {

    private static final int CLOSING = 1 << 30;

    private final int number;
    private final IntConsumer closer;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Of {@link Calls#openSocket} or {@link Calls#openEvent}. */
    public FileDescriptor(int number) {
        this(number, Calls::shut);
    }

    /** @param closer closes the number */
    public FileDescriptor(int number, IntConsumer closer) {
        this.number = number;
        this.closer = closer;
    }

    /** Valid between {@link #acquire} and {@link #release} only. */
    public int number() {
        return number;
    }

    /** False when it is closing: leave it alone then. */
    public boolean acquire() {
        int now = users.get();
        while (now > 0 && now < CLOSING) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    public void release() {
        int left = users.decrementAndGet();
        if (left == CLOSING || left == 0) {
            closer.accept(number);
        }
    }

    /** Turns new users away and gives up the first use. Idempotent. */
    public void close() {
        int now = users.get();
        while (now < CLOSING) {
            if (users.compareAndSet(now, now + CLOSING)) {
                release();
                return;
            }
            now = users.get();
        }
    }
}
