package org.heraldlb.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.heraldlb.shell.NodeView;
import org.heraldlb.view.Lookup;

/** Offers services and their addresses. */
@Service
public final class ServiceCompleter implements Completer {

    @Reference
    NodeView view;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(Lookup.serviceWords(view.snapshot())).complete(session, line, candidates);
    }
}
