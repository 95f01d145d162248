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
    private final boolean multihop;
    private final RandomGenerator random;
    private UdpSocket socket;
    private Backoff pauses;
    private String trouble = "not open yet";
    private long retryNanos;
    private boolean waiting;

    Listener(UdpSpec spec, boolean multihop, RandomGenerator random) {
        this.spec = spec;
        this.multihop = multihop;
        this.random = random;
        this.pauses = Pauses.POLICY.start(random);
    }

    /** Null while it is not open. */
    UdpSocket socket() {
        return socket;
    }

    boolean multihop() {
        return multihop;
    }

    /** Why it is not open, in one line. */
    String trouble() {
        return trouble;
    }

    /** Opens it when it is not and its pause is over; true when it is open. */
    boolean openIfDue(UdpSockets host, UdpPoller poller, long nowNanos) {
        if (socket == null && !(waiting && retryNanos - nowNanos > 0)) {
            try {
                socket = host.open(spec);
                poller.add(socket);
                pauses = Pauses.POLICY.start(random);
            } catch (IOException refused) {
                pause(refused.getMessage(), nowNanos);
            }
        }
        return socket != null;
    }

    void broken(String why, UdpPoller poller, long nowNanos) {
        poller.remove(socket);
        close();
        pause(why, nowNanos);
    }

    private void pause(String why, long nowNanos) {
        trouble = why;
        waiting = true;
        retryNanos = nowNanos + pauses.nextNanos();
    }

    void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
