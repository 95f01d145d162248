package org.heraldlb.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.heraldlb.shell.BgpBackends;

/** Offers the BGP backends that are installed. */
@Service
public final class BgpBackendCompleter implements Completer {

    @Reference
    BgpBackends backends;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(backends.names()).complete(session, line, candidates);
    }
}
