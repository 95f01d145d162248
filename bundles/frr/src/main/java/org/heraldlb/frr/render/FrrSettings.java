package org.heraldlb.frr.render;

import java.util.Optional;
import java.util.OptionalInt;
import org.heraldlb.api.net.IpAddress;

/**
 * What holds for all peers.
 *
 * @param routerId where a peer names none; empty: FRR chooses
 * @param gracefulRestart for every peer, not only for those that say so
 * @param restartSeconds how long peers may wait for us, 1 to 4095
 * @param connectSeconds pause between attempts where a peer names none, 1 to 65535
 * @param holdSeconds where a peer names none; empty: FRR's default, 180
 * @param keepReceived FRR keeps what peers tell, for display; nothing of it is used
 * @param coalesceMillis how long FRR waits for more peers before it tells the first its routes, 1 or more
 */
public record FrrSettings(
        Optional<IpAddress> routerId,
        boolean gracefulRestart,
        int restartSeconds,
        int connectSeconds,
        OptionalInt holdSeconds,
        boolean keepReceived,
        int coalesceMillis) {

    public static final FrrSettings DEFAULT =
            new FrrSettings(Optional.empty(), false, 120, 2, OptionalInt.empty(), false, 10);
}
