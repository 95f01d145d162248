package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Json;
import org.heraldlb.view.TakeoverPage;

/** {@code herald:takeover}. */
@Service
@Command(scope = "herald", name = "takeover", description = "What a shadow would announce, and what is taken over")
public final class HeraldTakeover extends Query {

    @Override
    public String execute() {
        TakeoverPage page = TakeoverPage.of(view.snapshot());
        return json() ? Json.pretty(page) : body(page.text(paper()));
    }
}
