package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.shell.NodeOrders;
import org.heraldlb.view.Json;
import org.heraldlb.view.MaintenancePage;

/** A command that asks this node for something. Options may stand behind names, where everybody writes them. */
public abstract class Order extends Query {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h|d)");
    private static final long PAUSE_MILLIS = 50;

    @Reference
    NodeOrders orders;

    /** What follows an option among the words; both are taken out. */
    static Optional<String> value(List<String> words, String option) {
        int at = words.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 >= words.size()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        String value = words.remove(at + 1);
        words.remove(at);
        return Optional.of(value);
    }

    static List<String> words(List<String> given) {
        return new ArrayList<>(given == null ? List.of() : given);
    }

    /** Such as {@code 10m}. */
    static Duration time(String text) {
        Matcher wanted = TIME.matcher(text);
        if (!wanted.matches()) {
            throw new IllegalArgumentException("a time is written 30s, 10m, 2h or 1d, not \"" + text + "\"");
        }
        long number = Long.parseLong(wanted.group(1));
        return switch (wanted.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    final Maintenance maintenance() {
        return view.snapshot().cluster().maintenance();
    }

    /** Waits until it is so, at most {@code limit}; true when it is. */
    final boolean await(Predicate<Maintenance> condition, Duration limit) {
        long start = Ticker.SYSTEM.nanos();
        while (!condition.test(maintenance())) {
            if (Ticker.SYSTEM.nanos() - start >= limit.toNanos()) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    final String page() {
        MaintenancePage page = MaintenancePage.of(view.snapshot());
        return json() ? Json.pretty(page) : body(page.text(paper()));
    }
}
