package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.net.IpAddress;

/** {@code vip:restore}. */
@Service
@Command(scope = "vip", name = "restore", description = "Announce an address again after vip:withdraw")
public final class VipRestore extends Order {

    @Argument(name = "address", description = "which", multiValued = true)
    List<String> given;

    @Override
    public String execute() {
        IpAddress address = IpAddress.parse(
                name(given).orElseThrow(() -> new IllegalArgumentException("which address? herald:status shows them")));
        if (!maintenance().withdrawn().containsKey(address)) {
            throw new IllegalArgumentException(address + " is not withdrawn; withdrawn are "
                    + maintenance().withdrawn().keySet());
        }
        orders.control().restore(address);
        await(is -> !is.withdrawn().containsKey(address), Duration.ofSeconds(2));
        return page();
    }
}
