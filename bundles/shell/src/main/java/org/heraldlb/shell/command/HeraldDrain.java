package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.system.Maintenance.Phase;

/** {@code herald:drain}. */
@Service
@Command(
        scope = "herald",
        name = "drain",
        description = "Hand everything over to other nodes; answers when it is safe to reboot")
public final class HeraldDrain extends Order {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Argument(name = "options", description = "[--no-wait] [--reason TEXT] [-o json]", multiValued = true)
    List<String> given;

    @Override
    public String execute() {
        List<String> words = words(given);
        boolean wait = !flag(words, "--no-wait");
        String reason = value(words, "--reason").orElse("");
        name(words).ifPresent(word -> {
            throw new IllegalArgumentException("what is \"" + word + "\"? this node is drained; no name is needed");
        });
        orders.control().drain(reason);
        if (wait) {
            String shown = "";
            long start = System.nanoTime();
            while (!await(is -> is.drain().phase() == Phase.DRAINED, Duration.ofMillis(500))
                    && System.nanoTime() - start < LONGEST.toNanos()) {
                shown = progress(shown);
            }
        } else {
            await(is -> is.drain().phase() != Phase.ACTIVE, Duration.ofSeconds(2));
        }
        return page();
    }

    private String progress(String before) {
        String now = String.join("; ", maintenance().drain().waitingFor());
        if (!json() && !now.isEmpty() && !now.equals(before)) {
            session.getConsole().println("waits for " + now);
            session.getConsole().flush();
        }
        return now;
    }
}
