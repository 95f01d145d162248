package org.heraldlb.api.intent;

import java.util.OptionalInt;

/**
 * Timers of BFD sessions (MetalLB {@code BFDProfile}). Absent values take the defaults of {@link Timing#DEFAULT}.
 *
 * @param ref kind {@link Kind#BFD_PROFILE}
 * @param origin where it comes from
 * @param timing intervals and multiplier
 * @param echoMode echo packets as well
 * @param passiveMode wait for the neighbour to start
 * @param minimumTtl lowest TTL of received multihop packets, 1 to 254
 */
public record BfdProfile(
        ObjectRef ref, Origin origin, Timing timing, boolean echoMode, boolean passiveMode, OptionalInt minimumTtl)
        implements ConfigObject {

    /**
     * All intervals in milliseconds, 10 to 60000.
     *
     * @param receiveInterval Required Min RX Interval
     * @param transmitInterval Desired Min TX Interval
     * @param echoInterval Required Min Echo RX Interval
     * @param detectMultiplier 2 to 255
     */
    public record Timing(
            OptionalInt receiveInterval,
            OptionalInt transmitInterval,
            OptionalInt echoInterval,
            OptionalInt detectMultiplier) {
        /** FRR's defaults, which MetalLB documents: 300 ms, 300 ms, 50 ms, times 3. */
        public static final Timing DEFAULT =
                new Timing(OptionalInt.of(300), OptionalInt.of(300), OptionalInt.of(50), OptionalInt.of(3));
    }
}
