package org.heraldlb.manifest.read;

import java.time.Duration;
import java.util.Optional;
import org.heraldlb.manifest.Code;

/** Durations with bounds. */
final class Durations {

    private Durations() {}

    static Optional<Duration> notNegative(Fields fields, String name) {
        return atLeast(fields, name, Duration.ZERO);
    }

    static Optional<Duration> atLeast(Fields fields, String name, Duration least) {
        Optional<Duration> duration = fields.duration(name);
        if (duration.isPresent() && duration.get().compareTo(least) < 0) {
            refuse(fields, name, duration.get(), "it must be at least " + GoDuration.print(least));
            return Optional.empty();
        }
        return duration;
    }

    static void refuse(Fields fields, String name, Duration value, String rule) {
        String text = GoDuration.print(value);
        fields.findings()
                .error(Code.INVALID_DURATION, fields.path(name), text, fields.path(name) + " is " + text + ", " + rule);
    }
}
