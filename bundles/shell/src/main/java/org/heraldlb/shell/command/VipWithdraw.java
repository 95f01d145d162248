package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
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

    @Option(name = "--for", description = "how long, such as 10m; default: until it is taken back")
    String time;

    @Option(name = "--reason", description = "for people")
    String reason = "";

    @Override
    public String execute() {
        List<String> words = words(given);
        Optional<Duration> period =
                value(words, "--for").or(() -> Optional.ofNullable(time)).map(Order::time);
        String why = value(words, "--reason").orElse(reason);
        IpAddress address = IpAddress.parse(
                name(words).orElseThrow(() -> new IllegalArgumentException("which address? vip:list shows them")));
        orders.control().withdraw(address, period, why);
        await(is -> is.withdrawn().containsKey(address), Duration.ofSeconds(2));
        return page();
    }
}
