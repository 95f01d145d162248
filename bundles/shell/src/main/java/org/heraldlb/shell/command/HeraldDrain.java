package org.heraldlb.shell.command;

import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.runtime.Ticker;

/** {@code herald:drain}. */
@Service
@Command(
        scope = "herald",
        name = "drain",
        description = "Hand everything over to other nodes; answers when it is safe to reboot")
public final class HeraldDrain extends Order {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Option(name = "--reason", description = "for people; BGP peers are told too")
    String reason = "";

    @Option(name = "--no-wait", description = "answer at once")
    boolean noWait;

    @Override
    public String execute() {
        orders.control().drain(reason);
        if (!noWait) {
            String shown = "";
            long start = Ticker.SYSTEM.nanos();
            while (!await(is -> is.drain().phase() == Phase.DRAINED, Duration.ofMillis(500))
                    && Ticker.SYSTEM.nanos() - start < LONGEST.toNanos()) {
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
