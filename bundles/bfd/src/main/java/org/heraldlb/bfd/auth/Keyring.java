package org.heraldlb.bfd.auth;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.bfd.packet.ControlPacket;

/**
 * The authentication of one session through its changes, so that none costs the session (RFC 5880 section 6.7.1 leaves
 * open how). A new key is accepted at once, and signs from the peer's first packet with it on; until then the one before
 * signs, because it is all that the peer knows. The one before is accepted for a detection time more. A peer that does
 * not follow in {@link #PATIENCE_NANOS} gets the new key all the same: what was given up may be known to others. Each
 * change of configuration is one on the wire, whatever the peer does, as section 6.7.1 asks.
 */
public final class Keyring implements Authenticator {

    /** How long a peer may go on with what was configured before. */
    public static final long PATIENCE_NANOS = 300_000_000_000L;

    private final Sequence sequence;
    private Optional<BfdAuthentication> wanted;
    private Optional<BfdAuthentication> used;
    private Authenticator signing;
    /** What the peer may begin to use, null when nothing changes. */
    private Authenticator next;
    /** What the peer used until a moment ago, or null. */
    private Authenticator former;

    private long deadlineNanos;
    private boolean deadlineKnown;

    /** @throws IllegalArgumentException as {@link Authenticators#fault} says */
    public Keyring(Optional<BfdAuthentication> wanted, RandomGenerator random) {
        this.sequence = new Sequence(random.nextInt());
        this.wanted = wanted;
        this.used = wanted;
        this.signing = made(wanted);
    }

    private Authenticator made(Optional<BfdAuthentication> what) {
        return what.map(each -> Authenticators.create(each, sequence)).orElse(Authenticator.NONE);
    }

    /** What was asked for last. */
    public Optional<BfdAuthentication> wanted() {
        return wanted;
    }

    /** True while the peer has not been heard with what is wanted. */
    public boolean changing() {
        return next != null;
    }

    /**
     * Another authentication from now on.
     *
     * @param live a session that is Up goes over to it together with the peer, any other at once
     * @throws IllegalArgumentException as {@link Authenticators#fault} says; nothing changed then
     */
    public void change(Optional<BfdAuthentication> what, boolean live, long nowNanos) {
        if (what.equals(wanted)) {
            return;
        }
        Authenticator made = what.equals(used) ? null : made(what);
        wanted = what;
        next = made;
        deadlineNanos = nowNanos + PATIENCE_NANOS;
        deadlineKnown = false;
        if (next != null && !live) {
            goOver();
            former = null;
        }
    }

    private void goOver() {
        former = signing;
        signing = next;
        used = wanted;
        next = null;
        deadlineKnown = false;
    }

    /** Once in a while: ends what has its time. {@code detectionNanos}: how long a packet may be on its way. */
    public void age(long nowNanos, long detectionNanos) {
        if (next != null && deadlineNanos - nowNanos <= 0) {
            goOver();
        }
        if (former != null && next == null) {
            ageFormer(nowNanos, detectionNanos);
        }
    }

    private void ageFormer(long nowNanos, long detectionNanos) {
        if (!deadlineKnown) {
            deadlineKnown = true;
            deadlineNanos = nowNanos + detectionNanos;
        } else if (deadlineNanos - nowNanos <= 0) {
            former = null;
        }
    }

    /** The last number that was sent. */
    public int lastSequence() {
        return sequence.last();
    }

    /** Counts on where another one stopped. */
    public void goOnFrom(int number) {
        sequence.goOnFrom(number);
    }

    @Override
    public int length() {
        return signing.length();
    }

    @Override
    public void sign(ByteBuffer packet) {
        signing.sign(packet);
    }

    @Override
    public boolean accept(ControlPacket packet) {
        if (next != null && next.accept(packet)) {
            goOver();
            return true;
        }
        return signing.accept(packet) || former != null && former.accept(packet);
    }

    @Override
    public void forgetSequence() {
        signing.forgetSequence();
        if (next != null) {
            next.forgetSequence();
        }
    }
}
