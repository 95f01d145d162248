package org.heraldlb.manifest.read;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go and Kubernetes write them: {@code 90s}, {@code 1h30m}, {@code 1.5s}, {@code 300ms}, {@code 0}. */
public final class GoDuration {

    private static final Pattern PART =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})(ns|us|µs|μs|ms|s|m|h)");
    private static final int LONGEST = 64;
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /**
     * Reads a duration of at most 292 years; fractions of a nanosecond are cut off.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String body = negative || text.startsWith("+") ? text.substring(1) : text;
        if (body.equals("0")) {
            return Duration.ZERO;
        }
        if (body.isEmpty() || body.length() > LONGEST) {
            throw bad(text);
        }
        long nanos = nanos(body, text);
        return Duration.ofNanos(negative ? -nanos : nanos);
    }

    private static long nanos(String body, String whole) {
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(body);
        int at = 0;
        while (at < body.length()) {
            if (!part.find(at) || part.start() != at) {
                throw bad(whole);
            }
            sum = sum.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
            at = part.end();
        }
        if (sum.compareTo(MOST) > 0) {
            throw bad(whole);
        }
        return sum.longValue();
    }

    private static BigDecimal unit(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 1_000L;
                });
    }

    /** The shortest text that {@link #parse} reads as {@code duration}. */
    public static String print(Duration duration) {
        if (duration.isNegative()) {
            return "-" + print(duration.negated());
        }
        if (duration.getNano() == 0) {
            return duration.getSeconds() + "s";
        }
        if (duration.getNano() % 1_000_000 == 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toNanos() + "ns";
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not a duration such as 90s or 1m30s");
    }
}
