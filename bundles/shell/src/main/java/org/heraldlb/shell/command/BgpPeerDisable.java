package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.view.Lookup;

/** {@code bgp:peer-disable}. */
@Service
@Command(
        scope = "bgp",
        name = "peer-disable",
        description = "End the session with a peer (Cease, Administrative Shutdown) and have none")
public final class BgpPeerDisable extends Order {

    @Argument(name = "peer", description = "PEER [--for 10m] [--reason TEXT]", multiValued = true)
    @Completion(BgpPeerCompleter.class)
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
        String peer = name(words).orElseThrow(() -> new IllegalArgumentException("which peer? bgp:peers shows them"));
        List<String> known = view.snapshot().plans().bgp().peers().stream()
                .map(PeerPlan::name)
                .toList();
        if (!known.contains(peer)) {
            throw Lookup.unknown("peer", peer, known);
        }
        orders.control().disablePeer(peer, period, why);
        await(is -> is.disabledPeers().containsKey(peer), Duration.ofSeconds(2));
        return page();
    }
}
