package org.heraldlb.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.AgreedTiming;
import org.heraldlb.api.bfd.BfdSnapshot.Gaps;
import org.heraldlb.api.bfd.BfdSnapshot.PacketStatistics;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdSnapshot.Side;
import org.heraldlb.api.bfd.BfdSnapshot.TimerLag;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.net.IpAddress;

/** BFD as those see it who show it: a session with figures that are all different, so that none can stand for another. */
public final class BfdSnapshots {

    public static final IpAddress PEER = IpAddress.parse("192.0.2.1");

    private BfdSnapshots() {}

    /** A session over eth0. */
    public static SessionView session(BfdState state, long longestGapMicros) {
        return new SessionView(
                new BfdSessionKey(PEER, Optional.empty(), Optional.of("eth0"), false),
                List.of("bgp:tor1"),
                new BfdSessionState(state, 1, false),
                "UP",
                Instant.EPOCH,
                0x1234,
                0xabcd,
                new AgreedTiming(100_000, 50_000, 150_000, new Side(100_000, 50_000, 3), new Side(40_000, 90_000, 3)),
                new PacketStatistics(10, 11, 0, 2, 1, new Gaps(40_000, 50_000, longestGapMicros)),
                List.of("then DOWN -> UP: no diagnostic"));
    }

    /** These sessions, seven discarded packets, and five timers of which one was a second late. */
    public static BfdSnapshot snapshot(SessionView... sessions) {
        TimerLag lag = new TimerLag(
                5,
                1_000_000,
                128,
                900_000,
                List.of(0L, 1L, 0L, 0L, 0L, 0L, 0L, 3L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L));
        return new BfdSnapshot(List.of(sessions), Map.of("TTL", 7L), lag, List.of());
    }
}
