package org.heraldlb.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.shell.Layer2Eyes;

/** Offers the addresses that this node announces or watches. */
@Service
public final class Layer2AddressCompleter implements Completer {

    @Reference
    Layer2Eyes eyes;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> addresses = eyes.seen().map(L2View::checks).orElse(List.of()).stream()
                .map(check -> check.address().toString())
                .distinct()
                .toList();
        return new StringsCompleter(addresses).complete(session, line, candidates);
    }
}
