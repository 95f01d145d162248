package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;

/** An order that may end by itself, and says why it was given: {@code NAME [--for 10m] [--reason TEXT]}. */
abstract class TimedOrder extends Order {

    static final String WORDS = " [--for 10m] [--reason TEXT]";

    @Option(name = "--for", description = "how long, such as 10m; default: until it is taken back")
    String time;

    @Option(name = "--reason", description = "for people")
    String reason = "";

    /** What was asked for, wherever the options stood. */
    record Asked(Optional<String> name, Optional<Duration> period, String reason) {}

    final Asked asked(List<String> given) {
        List<String> words = words(given);
        Optional<Duration> period =
                value(words, "--for").or(() -> Optional.ofNullable(time)).map(Order::time);
        String why = value(words, "--reason").orElse(reason);
        return new Asked(name(words), period, why);
    }
}
