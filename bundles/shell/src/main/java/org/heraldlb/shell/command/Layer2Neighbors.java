package org.heraldlb.shell.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.shell.Layer2Eyes;
import org.heraldlb.view.Json;
import org.heraldlb.view.Layer2NeighborRow;

/** {@code l2:neighbors}. */
@Service
@Command(
        scope = "l2",
        name = "neighbors",
        description = "Who asked this node for which of its addresses, and when, the newest first")
public final class Layer2Neighbors extends Query {

    @Reference
    Layer2Eyes eyes;

    @Argument(
            name = "address",
            description = "only who has this address or asked for it",
            required = false,
            multiValued = true)
    @Completion(Layer2AddressCompleter.class)
    List<String> words;

    @Override
    public String execute() {
        Optional<IpAddress> about = name(words).map(IpAddress::parse);
        List<Layer2NeighborRow> rows = Layer2NeighborRow.of(eyes.view().neighbors(), about);
        return json() ? Json.pretty(Layer2NeighborRow.tree(rows)) : body(Layer2NeighborRow.table(rows, paper()));
    }
}
