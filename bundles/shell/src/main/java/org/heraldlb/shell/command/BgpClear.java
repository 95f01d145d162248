package org.heraldlb.shell.command;

import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Json;

/** {@code bgp:clear}. */
@Service
@Command(scope = "bgp", name = "clear", description = "Start the BGP session with a peer anew")
public final class BgpClear extends BgpQuery {

    @Option(name = "--soft", description = "keep the session: tell everything again and ask the peer to do the same")
    boolean soft;

    @Override
    public String execute() {
        boolean gentle = flag("--soft") || soft;
        String peer = peer();
        control(peer).clear(peer, gentle);
        if (json()) {
            return Json.pretty(Map.of("peer", peer, "soft", gentle));
        }
        return gentle
                ? "told " + peer + " everything again, and asked for the same"
                : "reset the session with " + peer + "; bgp:peer " + peer + " shows how it comes back";
    }
}
