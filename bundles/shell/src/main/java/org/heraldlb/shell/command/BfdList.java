package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.shell.BfdSessions;
import org.heraldlb.view.BfdRow;
import org.heraldlb.view.Json;

/** {@code bfd:list}. */
@Service
@Command(scope = "bfd", name = "list", description = "BFD sessions of this node")
public final class BfdList extends Query {

    @Reference
    BfdSessions sessions;

    @Override
    public String execute() {
        return json()
                ? Json.pretty(BfdRow.tree(sessions.snapshot()))
                : body(BfdRow.table(sessions.snapshot(), paper()));
    }
}
