package org.heraldlb.api.bfd;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param sumMicros how late all of them were together, microseconds
     * @param p99Micros 99 of 100 fired no later than this, microseconds, rounded up to a power of two
     * @param maxMicros the latest ever, microseconds
     * @param buckets how many fired less than 2^i microseconds late, and at least half of that
     */
    public record TimerLag(long count, long sumMicros, long p99Micros, long maxMicros, List<Long> buckets) {
        public TimerLag {
            buckets = List.copyOf(buckets);
        }

        public TimerLag(long count, long p99Micros, long maxMicros) {
            this(count, 0, p99Micros, maxMicros, List.of());
        }
    }

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
     * @param echo the Echo function, where it is wanted
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
            List<String> transitions,
            Optional<Echo> echo) {
        public SessionView {
            clients = List.copyOf(clients);
            transitions = List.copyOf(transitions);
        }

        /** A session without the Echo function. */
        public SessionView(
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
            this(
                    key,
                    clients,
                    state,
                    remoteState,
                    since,
                    localDiscriminator,
                    remoteDiscriminator,
                    timing,
                    packets,
                    transitions,
                    Optional.empty());
        }
    }

    /**
     * The Echo function of a session.
     *
     * @param active true: echoes come back and are what detects a failure; false: control packets do
     * @param intervalMicros between echoes before jitter, 0 while none are sent, microseconds
     * @param sent echoes handed to the kernel
     * @param returned echoes that came back in time
     * @param roundTrips of those, since the session last came up
     */
    public record Echo(boolean active, long intervalMicros, long sent, long returned, Gaps roundTrips) {}

    /**
     * What one end says in its packets (RFC 5880 section 4.1); all 0 while the other end was not heard.
     *
     * @param desiredMinTxMicros it wants to send no faster, microseconds
     * @param requiredMinRxMicros it can take no more, microseconds
     * @param detectMultiplier so many of its packets may be missing
     */
    public record Side(long desiredMinTxMicros, long requiredMinRxMicros, int detectMultiplier) {}

    /**
     * @param transmitMicros our interval between packets before jitter, microseconds
     * @param receiveMicros the peer's, microseconds
     * @param detectionMicros after so much silence the peer counts as gone, microseconds
     * @param local what we say
     * @param remote what the peer says
     */
    public record AgreedTiming(
            long transmitMicros, long receiveMicros, long detectionMicros, Side local, Side remote) {}

    /**
     * @param received taken packets
     * @param sent packets handed to the kernel
     * @param unsent packets that the kernel refused
     * @param ups how often the session came up
     * @param downs how often it went down from there
     * @param gaps how regularly packets came since the session last came up
     */
    public record PacketStatistics(long received, long sent, long unsent, long ups, long downs, Gaps gaps) {}

    /**
     * Times between received packets, microseconds.
     *
     * @param p50Micros half were no longer, rounded up to a power of two
     * @param p99Micros the same for 99 of 100
     * @param maxMicros the longest
     */
    public record Gaps(long p50Micros, long p99Micros, long maxMicros) {}

    public BfdSnapshot {
        sessions = List.copyOf(sessions);
        discards = Map.copyOf(discards);
        problems = List.copyOf(problems);
    }
}
