package org.heraldlb.shell.command;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.shell.Layer2Eyes;
import org.heraldlb.view.Json;
import org.heraldlb.view.Layer2CheckRow;
import org.heraldlb.view.Listing;

/** {@code l2:list}. */
@Service
@Command(scope = "l2", name = "list", description = "Addresses announced on the link: who answers for each, and where")
public final class Layer2List extends Query {

    @Reference
    Layer2Eyes eyes;

    @Option(name = "--checks", description = "also every check of an address, not only those that found something")
    boolean checks;

    @Override
    public String execute() {
        List<L2Check> found = eyes.seen().map(L2View::checks).orElse(List.of());
        Listing<?> listing = Listing.layer2(view.snapshot());
        if (json()) {
            Map<String, Object> tree = listing.tree(view.snapshot());
            tree.put("checks", Layer2CheckRow.of(found, true));
            return Json.pretty(tree);
        }
        String table = Layer2CheckRow.table(Layer2CheckRow.of(found, checks), paper());
        return body(listing.table(paper()) + (table.isEmpty() ? "" : "\n" + table));
    }
}
