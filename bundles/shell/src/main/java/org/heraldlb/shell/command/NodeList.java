package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;

/** {@code node:list}. */
@Service
@Command(scope = "node", name = "list", description = "Nodes and what each one owns")
public final class NodeList extends Query {

    @Override
    public String execute() {
        return show(Listing.nodes(view.snapshot()));
    }
}
