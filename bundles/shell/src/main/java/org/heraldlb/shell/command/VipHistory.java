package org.heraldlb.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.MoveRow;

/** {@code vip:history}. */
@Service
@Command(
        scope = "vip",
        name = "history",
        description = "Addresses that came to or left this node: when, why, and what it took")
public final class VipHistory extends Query {

    @Argument(name = "address", description = "only this one", multiValued = true)
    @Completion(ServiceCompleter.class)
    List<String> words;

    @Override
    public String execute() {
        return show(MoveRow.listing(view.snapshot(), name(words)));
    }
}
