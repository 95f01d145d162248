package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
public final class VipWithdraw extends Order {

    @Argument(name = "address", description = "ADDRESS [--for 10m] [--reason TEXT]", multiValued = true)
    @Completion(ServiceCompleter.class)
    List<String> given;

    @Override
    public String execute() {
        List<String> words = words(given);
        Optional<Duration> period = value(words, "--for").map(Order::time);
        String reason = value(words, "--reason").orElse("");
        IpAddress address = IpAddress.parse(
                name(words).orElseThrow(() -> new IllegalArgumentException("which address? vip:list shows them")));
        orders.control().withdraw(address, period, reason);
        await(is -> is.withdrawn().containsKey(address), Duration.ofSeconds(2));
        return page();
    }
}
