package org.heraldlb.k8ssource.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a candidate does about the Lease. A holder counts as gone when the Lease has not changed for as long as the candidate
 * itself has watched it: the times that stand in it come from another machine's clock and are not looked at. Pure but for
 * what it remembers.
 */
final class Candidacy {

    /** A holder that crashes is replaced after this and one retry. */
    static final Duration LEASE_DURATION = Duration.ofSeconds(10);
    /** A holder that cannot renew gives up before anybody else may take over. */
    static final Duration RENEW_DEADLINE = Duration.ofSeconds(7);

    static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    /** What to do with the Lease as it was seen; the write names its version. */
    enum Act {
        /** It is free, or its holder is gone: take it. */
        TAKE,
        /** It is ours. */
        RENEW,
        /** Somebody else has it. */
        WAIT
    }

    /**
     * @param holder empty when it was given back
     * @param version changes with each write
     * @param duration how long it is held without being renewed
     */
    record Seen(String holder, String version, Duration duration) {}

    private final String identity;
    private String version = "";
    private long sinceNanos;
    private Duration duration = LEASE_DURATION;

    Candidacy(String identity) {
        this.identity = Objects.requireNonNull(identity);
    }

    /** @param lease empty when there is none yet */
    Act decide(Optional<Seen> lease, long nowNanos) {
        if (lease.isEmpty()) {
            return Act.TAKE;
        }
        Seen seen = lease.get();
        if (!seen.version().equals(version)) {
            version = seen.version();
            sinceNanos = nowNanos;
            duration = seen.duration();
        }
        if (seen.holder().equals(identity)) {
            return Act.RENEW;
        }
        return seen.holder().isEmpty() || nowNanos - sinceNanos >= duration.toNanos() ? Act.TAKE : Act.WAIT;
    }

    /** When to look again after having waited: as usual, or at the moment when the holder would be gone. */
    long nextNanos(long nowNanos) {
        long usual = nowNanos + RETRY_PERIOD.toNanos();
        long expires = sinceNanos + duration.toNanos();
        return expires > nowNanos ? Math.min(usual, expires) : usual;
    }
}
