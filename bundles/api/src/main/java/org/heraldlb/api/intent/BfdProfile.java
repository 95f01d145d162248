package org.heraldlb.api.intent;

import java.util.Optional;
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
 * @param authentication {@code heraldlb.org/v1}: of every packet of the sessions
 */
public record BfdProfile(
        ObjectRef ref,
        Origin origin,
        Timing timing,
        boolean echoMode,
        boolean passiveMode,
        OptionalInt minimumTtl,
        Optional<Authentication> authentication)
        implements ConfigObject {

    /** A profile of MetalLB's: without authentication. */
    public BfdProfile(
            ObjectRef ref,
            Origin origin,
            Timing timing,
            boolean echoMode,
            boolean passiveMode,
            OptionalInt minimumTtl) {
        this(ref, origin, timing, echoMode, passiveMode, minimumTtl, Optional.empty());
    }

    /** RFC 5880 section 4.1, Auth Type. */
    public enum AuthenticationType {
        SIMPLE_PASSWORD,
        KEYED_MD5,
        METICULOUS_KEYED_MD5,
        KEYED_SHA1,
        METICULOUS_KEYED_SHA1;

        /** Octets that a key has at most: RFC 5880 sections 4.2 to 4.4. */
        public int longestKey() {
            return this == KEYED_SHA1 || this == METICULOUS_KEYED_SHA1 ? 20 : 16;
        }
    }

    /**
     * @param type what is sent and expected
     * @param keyId 0 to 255, the same at both ends
     * @param key 1 to {@link AuthenticationType#longestKey} octets of UTF-8; in a plan always there
     * @param secret reference to a {@link Secret} of type {@code kubernetes.io/basic-auth}, whose password is the key
     */
    public record Authentication(
            AuthenticationType type, int keyId, Optional<SecretValue> key, Optional<NamespacedName> secret) {}

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
