package org.heraldlb.shell.command;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.shell.BfdSessions;
import org.heraldlb.view.BfdPage;
import org.heraldlb.view.Json;

/** {@code bfd:session}. */
@Service
@Command(scope = "bfd", name = "session", description = "Everything about the BFD sessions with a peer")
public final class BfdSession extends Query {

    @Reference
    BfdSessions sessions;

    @Argument(name = "peer", description = "address of the peer", required = true, multiValued = true)
    @Completion(BfdPeerCompleter.class)
    List<String> words;

    @Override
    public String execute() {
        String peer = name(words).orElseThrow(() -> new IllegalArgumentException("which peer?"));
        List<BfdPage> pages = BfdPage.of(sessions.snapshot(), peer);
        return json()
                ? Json.pretty(pages)
                : body(pages.stream().map(page -> page.text(paper())).collect(Collectors.joining("\n")));
    }
}
