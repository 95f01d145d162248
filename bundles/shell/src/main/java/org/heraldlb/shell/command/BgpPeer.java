package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.BgpPage;
import org.heraldlb.view.Json;

/** {@code bgp:peer}. */
@Service
@Command(scope = "bgp", name = "peer", description = "Everything about the BGP session with a peer")
public final class BgpPeer extends BgpQuery {

    @Override
    public String execute() {
        BgpPage page = page(peer());
        return json() ? Json.pretty(page) : body(page.text(paper()));
    }
}
