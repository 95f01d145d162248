package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Json;
import org.heraldlb.view.Status;

/** {@code herald:status}. */
@Service
@Command(scope = "herald", name = "status", description = "The whole node on one page, and what to do next")
public final class HeraldStatus extends Query {

    @Override
    public String execute() {
        Status status = view.status();
        return json() ? Json.pretty(status) : body(status.text(paper()));
    }
}
