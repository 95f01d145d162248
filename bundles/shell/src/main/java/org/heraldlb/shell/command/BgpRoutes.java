package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;

/** {@code bgp:routes}. */
@Service
@Command(scope = "bgp", name = "routes", description = "Routes that this node tells its peers")
public final class BgpRoutes extends Query {

    @Override
    public String execute() {
        return show(Listing.routes(view.snapshot()));
    }
}
