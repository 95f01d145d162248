package org.heraldlb.membership.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a host for a sign of life, blocking. */
@FunctionalInterface
interface Ping {

    /** Whether {@code place} (an address) answers within the time. */
    boolean answers(String place, long nanos);

    /** The same, but not at once. Who is interrupted says that the host answers: nobody is declared dead by a stop. */
    default Ping after(long pauseNanos) {
        return (place, nanos) -> {
            try {
                TimeUnit.NANOSECONDS.sleep(pauseNanos);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return true;
            }
            return answers(place, nanos);
        };
    }

    /** ICMP echo where this process may send it, else a connection to TCP port 7, of which the refusal is an answer. */
    Ping SYSTEM = (place, nanos) -> {
        try {
            int millis = (int) Math.max(1, Duration.ofNanos(nanos).toMillis());
            return InetAddress.getByName(place).isReachable(millis);
        } catch (IOException unreachable) {
            return false;
        }
    };
}
