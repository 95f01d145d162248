package org.heraldlb.manifest.read;

import java.time.Duration;
import java.util.Optional;
import org.heraldlb.api.intent.Peer.Timers;
import org.heraldlb.manifest.Code;

/**
 * Timers of a peer. Both absent stay absent. A keepalive alone makes the hold time three times as long; a hold time alone
 * leaves the keepalive to the announcer, which takes a third of what the session negotiates.
 */
final class PeerTimers {

    private static final long SHORTEST_HOLD = 3;
    private static final long UINT16 = 65535;

    private PeerTimers() {}

    static Timers read(Fields spec, boolean old) {
        Optional<Duration> keepalive = spec.duration("keepaliveTime");
        Optional<Duration> hold = spec.duration("holdTime").or(() -> keepalive.map(time -> time.multipliedBy(3)));
        Optional<Duration> whole = hold.flatMap(time -> hold(spec, time));
        if (whole.isPresent() && keepalive.isPresent()) {
            checkKeepalive(spec, keepalive.get(), whole.get());
        }
        return new Timers(whole, keepalive, old ? Optional.empty() : connect(spec));
    }

    private static Optional<Duration> hold(Fields spec, Duration hold) {
        long seconds = hold.toSeconds();
        if (hold.isNegative() || seconds != 0 && seconds < SHORTEST_HOLD || seconds > UINT16) {
            String text = GoDuration.print(hold);
            spec.findings()
                    .error(
                            Code.INVALID_HOLD_TIME,
                            spec.path("holdTime"),
                            text,
                            "invalid hold time \"" + text + "\": must be 0 or 3s to 65535s");
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private static void checkKeepalive(Fields spec, Duration keepalive, Duration hold) {
        if (keepalive.isNegative() || keepalive.compareTo(hold) > 0) {
            String text = GoDuration.print(keepalive);
            spec.findings()
                    .error(
                            Code.INVALID_KEEPALIVE_TIME,
                            spec.path("keepaliveTime"),
                            text,
                            "invalid keepaliveTime \"" + text + "\": it must not exceed holdTime "
                                    + GoDuration.print(hold),
                            "a third of holdTime is usual");
        }
    }

    private static Optional<Duration> connect(Fields spec) {
        Optional<Duration> connect = spec.duration("connectTime");
        if (connect.isEmpty()) {
            return connect;
        }
        Duration time = connect.get();
        if (time.isNegative() || time.getNano() != 0 || time.getSeconds() < 1 || time.getSeconds() > UINT16) {
            String text = GoDuration.print(time);
            spec.findings()
                    .error(
                            Code.INVALID_CONNECT_TIME,
                            spec.path("connectTime"),
                            text,
                            "invalid connect time \"" + text + "\": it is whole seconds, 1s to 65535s");
            return Optional.empty();
        }
        return connect;
    }
}
