package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.net.IpAddress;

/** {@code vip:withdraw}. */
@Service
@Command(
        scope = "vip",
        name = "withdraw",
        description = "Announce an address on this node no longer; another node that may takes it over")
public final class VipWithdraw extends TimedOrder {

    @Argument(name = "address", description = "ADDRESS" + TimedOrder.WORDS, multiValued = true)
    @Completion(ServiceCompleter.class)
    List<String> given;

    @Override
    public String execute() {
        Asked asked = asked(given);
        IpAddress address = IpAddress.parse(
                asked.name().orElseThrow(() -> new IllegalArgumentException("which address? vip:list shows them")));
        orders.control().withdraw(address, asked.period(), asked.reason());
        await(is -> is.withdrawn().containsKey(address), Duration.ofSeconds(2));
        return page();
    }
}
