package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.random.RandomGenerator;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.runtime.Backoff;

/** The socket on one well-known port, opened again and again until it is open. */
final class Listener {

    private final UdpSpec spec;
    private final Ear ear;
    /** False: it helps to tell what is wrong, and nothing needs it. */
    private boolean needed;

    private final RandomGenerator random;
    private UdpSocket socket;
    private Backoff pauses;
    private String trouble = "not open yet";
    private long retryNanos;
    private boolean waiting;

    Listener(UdpSpec spec, Ear ear, RandomGenerator random) {
        this.spec = spec;
        this.ear = ear;
        this.random = random;
        this.pauses = Pauses.POLICY.start(random);
    }

    /** Null while it is not open. */
    UdpSocket socket() {
        return socket;
    }

    Ear ear() {
        return ear;
    }

    UdpSpec spec() {
        return spec;
    }

    boolean needed() {
        return needed;
    }

    void need() {
        needed = true;
    }

    /** Why it is not open, in one line. */
    String trouble() {
        return trouble;
    }

    /** Opens it when it is not and its pause is over; true when it is open. */
    boolean openIfDue(UdpSockets host, UdpPoller poller, long nowNanos) {
        if (socket == null && !(waiting && retryNanos - nowNanos > 0)) {
            try {
                socket = ear == Ear.ECHO ? host.openLoop(spec) : host.open(spec);
                poller.add(socket);
                pauses = Pauses.POLICY.start(random);
            } catch (IOException refused) {
                pause(refused.getMessage(), nowNanos);
            }
        }
        return socket != null;
    }

    void broken(String why, UdpPoller poller, long nowNanos) {
        close(poller);
        pause(why, nowNanos);
    }

    private void pause(String why, long nowNanos) {
        trouble = why;
        waiting = true;
        retryNanos = nowNanos + pauses.nextNanos();
    }

    /** The same while the poller lives on. */
    void close(UdpPoller poller) {
        if (socket != null) {
            poller.remove(socket);
            close();
        }
    }

    void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
