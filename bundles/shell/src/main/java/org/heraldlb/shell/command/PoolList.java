package org.heraldlb.shell.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;
import org.heraldlb.view.Lookup;

/** {@code pool:list}. */
@Service
@Command(scope = "pool", name = "list", description = "Address pools and how full they are")
public final class PoolList extends Query {

    @Argument(name = "pool", description = "only this pool", multiValued = true)
    @Completion(PoolCompleter.class)
    List<String> words;

    @Override
    public String execute() {
        Optional<String> pool = name(words);
        return show(Listing.pools(Lookup.pools(view.snapshot(), pool)));
    }
}
