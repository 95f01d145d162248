package org.heraldlb.filesource.directory;

import java.time.Duration;

/**
 * How patient the directory is.
 *
 * @param settle how long a file must look the same before it is judged
 * @param restless after this long without a quiet moment the file is reported
 * @param retry pause after a failed reading
 */
public record Timing(Duration settle, Duration restless, Duration retry) {
    public static final Timing DEFAULT =
            new Timing(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(1));

    public Timing {
        if (settle.isNegative() || restless.compareTo(settle) < 0 || retry.isNegative()) {
            throw new IllegalArgumentException("settle time must not be negative, nor longer than the restless time");
        }
    }

    public Timing withSettle(Duration other) {
        return new Timing(other, restless, retry);
    }
}
