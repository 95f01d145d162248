package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.view.Lookup;

/** {@code bgp:peer-disable}. */
@Service
@Command(
        scope = "bgp",
        name = "peer-disable",
        description = "End the session with a peer (Cease, Administrative Shutdown) and have none")
public final class BgpPeerDisable extends TimedOrder {

    @Argument(name = "peer", description = "PEER" + TimedOrder.WORDS, multiValued = true)
    @Completion(BgpPeerCompleter.class)
    List<String> given;

    @Override
    public String execute() {
        Asked asked = asked(given);
        String peer = asked.name().orElseThrow(() -> new IllegalArgumentException("which peer? bgp:peers shows them"));
        List<String> known = view.snapshot().plans().bgp().peers().stream()
                .map(PeerPlan::name)
                .toList();
        if (!known.contains(peer)) {
            throw Lookup.unknown("peer", peer, known);
        }
        orders.control().disablePeer(peer, asked.period(), asked.reason());
        await(is -> is.disabledPeers().containsKey(peer), Duration.ofSeconds(2));
        return page();
    }
}
