package org.heraldlb.hostlinux.sys;

import java.io.IOException;

/** Waits for one descriptor or a wake-up from another thread (poll(2) with an eventfd(2)). One thread waits. */
public final class Waker {

    private static final int POLLFD = 8;
    private static final int COUNTER = 2 * POLLFD;
    private static final int ONE = COUNTER + 8;
    private static final int EFD_FLAGS = Calls.SOCK_CLOEXEC | Calls.SOCK_NONBLOCK;

    private final Block block = new Block(ONE + 8);
    private final FileDescriptor event;

    /** @throws IOException when the kernel has no descriptor left */
    public Waker(int fd) throws IOException {
        int number = Calls.openEvent(0, EFD_FLAGS);
        if (number < 0) {
            throw new IOException("no eventfd: " + Errno.text(Calls.errno()));
        }
        event = new FileDescriptor(number);
        putPollFd(0, fd);
        putPollFd(POLLFD, number);
        block.bytes().putLong(ONE, 1);
    }

    private void putPollFd(int at, int fd) {
        block.bytes().putInt(at, fd);
        block.bytes().putShort(at + 4, Calls.POLLIN);
    }

    /** Until the descriptor has something (also an error), {@link #wakeUp} or the time is over; -1 is for ever. */
    public void await(int timeoutMillis) {
        block.bytes().putShort(6, (short) 0);
        block.bytes().putShort(POLLFD + 6, (short) 0);
        Calls.poll(block.address(0), 2, timeoutMillis);
        if (block.bytes().getShort(POLLFD + 6) != 0) {
            Calls.read(event.number(), block.address(COUNTER), Long.BYTES);
        }
    }

    /** True when the last {@link #await} ended because of the descriptor. */
    public boolean ready() {
        return block.bytes().getShort(6) != 0;
    }

    /** Ends the current or the next {@link #await}. Any thread. */
    public void wakeUp() {
        if (event.acquire()) {
            Calls.write(event.number(), block.address(ONE), Long.BYTES);
            event.release();
        }
    }

    /** By the waiting thread, after its last {@link #await}. */
    public void close() {
        event.close();
    }
}
