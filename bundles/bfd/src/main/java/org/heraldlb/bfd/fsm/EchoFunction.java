package org.heraldlb.bfd.fsm;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.heraldlb.bfd.packet.EchoPacket;

/**
 * The Echo function of one session: packets to ourselves that the peer's forwarding plane sends back (RFC 5880 sections
 * 6.4 and 6.8.9). RFC 5880 leaves open how a failure is recognised. Here echoes prove themselves first: until some have
 * come back, control packets go on detecting, so that a peer that does not forward costs nothing. From then on, silence
 * of a detection time is a failure when enough echoes of ours were under way in it; a late timer of ours is none.
 */
public final class EchoFunction {

    private static final int PROOFS = 3;
    /** So many echoes get lost before we send fewer of them to a peer that has never sent one back. */
    private static final int PATIENCE = 10;

    private static final long SLOW_NANOS = 1_000_000_000L;
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private final long secret;
    private boolean running;
    private long intervalNanos;
    private int multiplier;
    private int proofs;
    private int sequence;
    private int lastReturned;
    private long nextNanos;
    private long lastReturnNanos;
    private long enoughSinceNanos;
    private long sent;
    private long returned;

    EchoFunction(RandomGenerator random) {
        this.random = random;
        this.secret = random.nextLong();
    }

    /** Starts, stops or changes the pace. {@code intervalNanos} 0: no echoes. */
    void settle(long newIntervalNanos, int newMultiplier, long nowNanos) {
        if (newMultiplier != multiplier) {
            multiplier = newMultiplier;
            enoughSinceNanos = nowNanos;
        }
        boolean wanted = newIntervalNanos > 0;
        if (wanted && !running) {
            proofs = 0;
            lastReturned = sequence;
            lastReturnNanos = nowNanos;
            nextNanos = nowNanos;
        }
        if (wanted && newIntervalNanos < intervalNanos) {
            nextNanos = nowNanos;
        }
        running = wanted;
        intervalNanos = newIntervalNanos;
    }

    /** Echoes detect failures; control packets may be slow. */
    public boolean active() {
        return running && proofs >= PROOFS;
    }

    /** True while echoes are sent. */
    public boolean running() {
        return running;
    }

    /** When something is to be done; only while {@link #running}. */
    long nextNanos() {
        return active() && enoughAreMissing() && deadlineNanos() - nextNanos < 0 ? deadlineNanos() : nextNanos;
    }

    /** The last of the echoes that count gets an interval of its own to come back, however late it was sent. */
    private long deadlineNanos() {
        long silence = lastReturnNanos + intervalNanos * multiplier;
        long lastChance = enoughSinceNanos + intervalNanos;
        return silence - lastChance < 0 ? lastChance : silence;
    }

    /** True when an echo is to be sent now; it counts as sent. */
    boolean takeDue(long nowNanos) {
        if (!running || nextNanos - nowNanos > 0) {
            return false;
        }
        sequence++;
        sent++;
        if (missing() == needed()) {
            enoughSinceNanos = nowNanos;
        }
        boolean hopeless = proofs == 0 && sequence - lastReturned > PATIENCE;
        long pause = hopeless ? Math.max(SLOW_NANOS, intervalNanos) : intervalNanos;
        // RFC 5880 section 6.8.9: at most a quarter less than what the peer allows.
        nextNanos = nowNanos + (long) (pause * (1 - JITTER * random.nextDouble()));
        return true;
    }

    /** The echo that {@link #takeDue} counted: what only we can know, so that nobody can pretend to be the path. */
    public void write(ByteBuffer out, int discriminator, long nowNanos) {
        EchoPacket.write(out, discriminator, sequence, secret, nowNanos);
    }

    /**
     * Takes an echo that came back.
     *
     * @return false when it is none of ours, or came back before
     */
    boolean back(ByteBuffer packet, long nowNanos) {
        int number = EchoPacket.sequence(packet);
        boolean ours = EchoPacket.secret(packet) == secret && number - sequence <= 0 && number - lastReturned > 0;
        if (!ours || !running) {
            return false;
        }
        lastReturned = number;
        lastReturnNanos = nowNanos;
        returned++;
        proofs = Math.min(PROOFS, proofs + 1);
        return true;
    }

    /** A detection time without an echo, though enough were sent in it. */
    boolean failed(long nowNanos) {
        return active() && enoughAreMissing() && nowNanos - deadlineNanos() >= 0;
    }

    private boolean enoughAreMissing() {
        return missing() >= needed();
    }

    private int missing() {
        return sequence - lastReturned;
    }

    private int needed() {
        return Math.max(1, multiplier - 1);
    }

    /** Between echoes, before jitter; 0 while none are sent. */
    public long intervalMicros() {
        return intervalNanos / 1000;
    }

    public long sent() {
        return sent;
    }

    public long returned() {
        return returned;
    }
}
