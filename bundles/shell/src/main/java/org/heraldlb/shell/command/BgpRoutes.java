package org.heraldlb.shell.command;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.BgpPage;
import org.heraldlb.view.Listing;
import org.heraldlb.view.ReceivedRow;
import org.heraldlb.view.RouteRow;

/** {@code bgp:routes}. */
@Service
@Command(
        scope = "bgp",
        name = "routes",
        description = "Routes that this node tells its peers, or one of them; with --received what that one tells us")
public final class BgpRoutes extends BgpQuery {

    @Option(name = "--received", description = "what the peer told us; for display only, nothing uses it")
    boolean received;

    @Override
    public String execute() {
        boolean theirs = flag("--received") || received;
        Optional<String> peer = name(words);
        if (theirs) {
            String name = peer.orElseThrow(() -> new IllegalArgumentException("received from which peer?"));
            return show(ReceivedRow.listing(control(name).received(name)));
        }
        if (peer.isPresent() && !BgpPage.names(view.snapshot()).contains(peer.get())) {
            throw BgpPage.unknown(view.snapshot(), peer.get());
        }
        return show(peer.map(name -> RouteRow.listing(view.snapshot(), name))
                .orElseGet(() -> Listing.routes(view.snapshot())));
    }
}
