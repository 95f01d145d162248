package org.heraldlb.core.maintenance;

import java.time.Duration;
import org.heraldlb.api.system.Maintenance.Phase;

/**
 * How far a drain is.
 *
 * @param phase where it stands
 * @param sinceNanos when the phase began, on the loop's clock
 * @param forStop the process ends: layer 2 is handed over; BGP stays as it is, since a restart keeps its routes (RFC 4724)
 */
public record DrainState(Phase phase, long sinceNanos, boolean forStop) {

    public static final DrainState ACTIVE = new DrainState(Phase.ACTIVE, 0, false);

    /**
     * What a drain waits for.
     *
     * @param layer2 some address is still to be announced by another node
     * @param routes BGP peers are told routes
     * @param peers there are BGP peers
     */
    public record Waiting(boolean layer2, boolean routes, boolean peers) {}

    /** The first step. */
    public static DrainState begin(long nowNanos, boolean forStop) {
        return new DrainState(Phase.HANDING_OVER, nowNanos, forStop);
    }

    /** Drained before a restart, drained after it. */
    public static DrainState drained(long nowNanos) {
        return new DrainState(Phase.DRAINED, nowNanos, false);
    }

    /** This node gives away what others can have. */
    public boolean leaves() {
        return phase != Phase.ACTIVE;
    }

    /** The state at {@code nowNanos}. */
    public DrainState next(Waiting waiting, DrainWaits waits, long nowNanos) {
        if (nanosLeft(waiting, waits, nowNanos) > 0) {
            return this;
        }
        return switch (phase) {
            case ACTIVE, DRAINED -> this;
            case HANDING_OVER ->
                new DrainState(forStop || !waiting.peers() ? Phase.DRAINED : Phase.WITHDRAWING, nowNanos, forStop);
            case WITHDRAWING -> new DrainState(Phase.DRAINED, nowNanos, forStop);
        };
    }

    /** How long this phase lasts at most, as things are; 0 when it is over, {@link Long#MAX_VALUE} for ever. */
    public long nanosLeft(Waiting waiting, DrainWaits waits, long nowNanos) {
        long elapsed = nowNanos - sinceNanos;
        return switch (phase) {
            case ACTIVE, DRAINED -> Long.MAX_VALUE;
            case HANDING_OVER ->
                Math.max(
                        waiting.layer2() ? left(forStop ? waits.stop() : waits.handOver(), elapsed) : 0,
                        waiting.routes() && !forStop ? left(waits.gracefulShutdown(), elapsed) : 0);
            case WITHDRAWING -> waiting.peers() ? left(waits.withdraw(), elapsed) : 0;
        };
    }

    private static long left(Duration limit, long elapsed) {
        return Math.max(0, limit.toNanos() - elapsed);
    }
}
