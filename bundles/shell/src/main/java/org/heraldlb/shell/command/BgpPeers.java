package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;

/** {@code bgp:peers}. */
@Service
@Command(scope = "bgp", name = "peers", description = "BGP peers of this node and the state of their sessions")
public final class BgpPeers extends Query {

    @Override
    public String execute() {
        return show(Listing.peers(view.snapshot()));
    }
}
