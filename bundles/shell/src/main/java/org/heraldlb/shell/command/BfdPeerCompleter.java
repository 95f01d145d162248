package org.heraldlb.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.heraldlb.shell.BfdSessions;
import org.heraldlb.view.BfdPage;

/** Offers the peers that there are BFD sessions with. */
@Service
public final class BfdPeerCompleter implements Completer {

    @Reference
    BfdSessions sessions;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(BfdPage.peers(sessions.snapshot())).complete(session, line, candidates);
    }
}
