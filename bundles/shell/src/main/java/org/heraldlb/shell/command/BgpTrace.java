package org.heraldlb.shell.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.Registration;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.view.Json;

/** {@code bgp:trace}. */
@Service
@Command(scope = "bgp", name = "trace", description = "Messages of a peer as they come and go, until Ctrl-C")
public final class BgpTrace extends BgpQuery {

    private static final int MOST_WAITING = 10_000;
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

    @Option(name = "--for", description = "how long, such as 30s; default: until Ctrl-C, 10s without a terminal")
    String time;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    /** Where lines go; a test puts its own. */
    Consumer<String> sink = this::show;

    @Override
    public String execute() {
        time = value("--for").orElse(time);
        String peer = peer();
        long limit = limit().toNanos();
        long start = Ticker.SYSTEM.nanos();
        try (Registration trace = control(peer).trace(peer, this::offer)) {
            while (Ticker.SYSTEM.nanos() - start < limit) {
                print(lines.poll(Math.min(100, left(start, limit)), TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        lines.forEach(this::print);
        return lost.get() == 0 ? null : lost.get() + " lines came faster than they could be shown";
    }

    private static long left(long start, long limit) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit - (Ticker.SYSTEM.nanos() - start)));
    }

    private void offer(String line) {
        if (!lines.offer(line)) {
            lost.incrementAndGet();
        }
    }

    private void print(String line) {
        if (line != null) {
            sink.accept(json() ? Json.compact(line) : line.replaceAll("\\p{Cntrl}", "."));
        }
    }

    private void show(String line) {
        PrintStream out = session.getConsole();
        out.println(line);
        out.flush();
    }

    private Duration limit() {
        if (time == null) {
            return session.getTerminal() == null ? Duration.ofSeconds(10) : Duration.ofDays(1);
        }
        Matcher wanted = TIME.matcher(time);
        if (!wanted.matches()) {
            throw new IllegalArgumentException(
                    "--for takes a time such as 500ms, 30s, 10m or 2h, not \"" + time + "\"");
        }
        long number = Long.parseLong(wanted.group(1));
        return switch (wanted.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
