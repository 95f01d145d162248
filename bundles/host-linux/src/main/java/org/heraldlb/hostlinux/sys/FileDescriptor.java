package org.heraldlb.hostlinux.sys;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that is closed when its last user lets go, so that no thread ever uses a number that the kernel has
 * given to somebody else. Whoever makes one is its first user.
 */
public final class FileDescriptor {

    private static final int CLOSING = 1 << 30;

    private final int number;
    private final AtomicInteger users = new AtomicInteger(1);

    public FileDescriptor(int number) {
        this.number = number;
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
            Calls.close(number);
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
