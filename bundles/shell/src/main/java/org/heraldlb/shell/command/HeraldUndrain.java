package org.heraldlb.shell.command;

import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.system.Maintenance.Phase;

/** {@code herald:undrain}. */
@Service
@Command(scope = "herald", name = "undrain", description = "Take part again after herald:drain")
public final class HeraldUndrain extends Order {

    @Override
    public String execute() {
        orders.control().undrain();
        await(is -> is.drain().phase() == Phase.ACTIVE, Duration.ofSeconds(2));
        return page();
    }
}
