package org.heraldlb.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.heraldlb.shell.NodeView;
import org.heraldlb.view.BgpPage;

/** Offers the BGP peers of this node. */
@Service
public final class BgpPeerCompleter implements Completer {

    @Reference
    NodeView view;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(BgpPage.names(view.snapshot())).complete(session, line, candidates);
    }
}
