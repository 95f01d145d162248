package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;
import org.heraldlb.view.ServiceRow;

/** {@code vip:list}. */
@Service
@Command(scope = "vip", name = "list", description = "Services and their addresses")
public final class VipList extends Query {

    @Override
    public String execute() {
        return show(Listing.services(ServiceRow.of(view.snapshot())));
    }
}
