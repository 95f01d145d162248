package org.heraldlb.observability.metrics;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heraldlb.api.AnnouncerStatus;

/**
 * One counter of one announcer. Announcers write labels behind the name: {@code requests{ip="192.0.2.1"}}.
 *
 * @param announcer whose
 * @param name without labels
 * @param labels {@code a="b",c="d"}, empty when there are none
 * @param value so far
 */
record Sample(String announcer, String name, String labels, long value) {

    private static final Pattern COUNTER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)(?:\\{([^{}\\n]*)\\})?");

    /** All of them, by name and labels; what is no counter's name is left out. */
    static List<Sample> of(List<AnnouncerStatus> announcers) {
        return announcers.stream().flatMap(Sample::of).toList();
    }

    private static Stream<Sample> of(AnnouncerStatus status) {
        return status.counters().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(counter -> of(status.announcer(), counter.getKey(), counter.getValue()));
    }

    private static Stream<Sample> of(String announcer, String text, long value) {
        Matcher counter = COUNTER.matcher(text);
        if (!counter.matches()) {
            return Stream.empty();
        }
        String labels = counter.group(2) == null ? "" : counter.group(2);
        return Stream.of(new Sample(announcer, counter.group(1), labels, value));
    }
}
