package org.heraldlb.api.bfd;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;

/**
 * All BFD sessions at one moment.
 *
 * @param sessions ordered by peer
 * @param discards received packets that were thrown away, by reason
 * @param lag how late timers fired
 * @param problems what keeps sessions from running
 */
public record BfdSnapshot(
        List<SessionView> sessions, Map<String, Long> discards, TimerLag lag, List<Problem> problems) {

    public static final BfdSnapshot EMPTY = new BfdSnapshot(List.of(), Map.of(), new TimerLag(0, 0, 0), List.of());

    /**
     * @param count timers fired
     * @param p99Micros 99 of 100 fired no later than this, microseconds, rounded up to a power of two
     * @param maxMicros the latest ever, microseconds
     */
    public record TimerLag(long count, long p99Micros, long maxMicros) {}

    /**
     * One session.
     *
     * @param key who is watched
     * @param clients who wants it, such as {@code bgp:tor1}
     * @param state our state and diagnostic
     * @param remoteState what the peer last said, RFC 5880 names
     * @param since when our state was entered, wall clock
     * @param localDiscriminator ours
     * @param remoteDiscriminator theirs, 0 while unknown
     * @param timing what is agreed
     * @param packets received and sent, and how regularly they came
     * @param transitions the last ones, oldest first, one line each
     */
    public record SessionView(
            BfdSessionKey key,
            List<String> clients,
            BfdSessionState state,
            String remoteState,
            Instant since,
            int localDiscriminator,
            int remoteDiscriminator,
            AgreedTiming timing,
            PacketStatistics packets,
            List<String> transitions) {
        public SessionView {
            clients = List.copyOf(clients);
            transitions = List.copyOf(transitions);
        }
    }

    /** Microseconds: our interval between packets, the peer's, and after how much silence it counts as gone. */
    public record AgreedTiming(long transmitMicros, long receiveMicros, long detectionMicros) {}

    /**
     * @param received taken packets
     * @param sent packets handed to the kernel
     * @param gapP50Micros half of the gaps between received packets were no longer, rounded up to a power of two
     * @param gapP99Micros the same for 99 of 100
     * @param gapMaxMicros the longest gap since the session last came up
     */
    public record PacketStatistics(long received, long sent, long gapP50Micros, long gapP99Micros, long gapMaxMicros) {}

    public BfdSnapshot {
        sessions = List.copyOf(sessions);
        discards = Map.copyOf(discards);
        problems = List.copyOf(problems);
    }
}
