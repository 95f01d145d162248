package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.BgpPage;
import org.heraldlb.view.Json;

/** {@code bgp:doctor}. */
@Service
@Command(scope = "bgp", name = "doctor", description = "What is wrong with the BGP session with a peer, and what to do")
public final class BgpDoctor extends BgpQuery {

    @Override
    public String execute() {
        BgpPage page = page(peer());
        return json() ? Json.pretty(page.findings()) : body(page.diagnosis(paper()));
    }
}
