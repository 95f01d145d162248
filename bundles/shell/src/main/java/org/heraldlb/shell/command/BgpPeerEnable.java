package org.heraldlb.shell.command;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Lookup;

/** {@code bgp:peer-enable}. */
@Service
@Command(scope = "bgp", name = "peer-enable", description = "Talk to a peer again after bgp:peer-disable")
public final class BgpPeerEnable extends Order {

    @Argument(name = "peer", description = "which", multiValued = true)
    @Completion(BgpPeerCompleter.class)
    List<String> given;

    @Override
    public String execute() {
        String peer =
                name(given).orElseThrow(() -> new IllegalArgumentException("which peer? herald:status shows them"));
        if (!maintenance().disabledPeers().containsKey(peer)) {
            throw Lookup.unknown(
                    "disabled peer", peer, maintenance().disabledPeers().keySet());
        }
        orders.control().enablePeer(peer);
        await(is -> !is.disabledPeers().containsKey(peer), Duration.ofSeconds(2));
        return page();
    }
}
