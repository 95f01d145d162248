package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;

/** {@code l2:list}. */
@Service
@Command(scope = "l2", name = "list", description = "Addresses announced on the link: who answers for each, and where")
public final class Layer2List extends Query {

    @Override
    public String execute() {
        return show(Listing.layer2(view.snapshot()));
    }
}
