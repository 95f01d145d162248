package org.heraldlb.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.shell.BgpSessions;
import org.heraldlb.view.BgpPage;

/** A command about one BGP peer. Options may stand behind the name, where everybody writes them. */
public abstract class BgpQuery extends Query {

    @Reference
    BgpSessions sessions;

    @Argument(name = "peer", description = "name of the peer", multiValued = true)
    @Completion(BgpPeerCompleter.class)
    List<String> words;

    /** True when the option stands among the words; it is taken out. */
    final boolean flag(String option) {
        List<String> rest = new ArrayList<>(words == null ? List.of() : words);
        boolean there = rest.remove(option);
        words = rest;
        return there;
    }

    /** What follows an option among the words; both are taken out. */
    final Optional<String> value(String option) {
        List<String> rest = new ArrayList<>(words == null ? List.of() : words);
        int at = rest.indexOf(option);
        if (at < 0 || at + 1 >= rest.size()) {
            return Optional.empty();
        }
        String value = rest.remove(at + 1);
        rest.remove(at);
        words = rest;
        return Optional.of(value);
    }

    /** The one name that is left. */
    final String peer() {
        return name(words).orElseThrow(() -> new IllegalArgumentException("which peer? bgp:peers lists them"));
    }

    final BgpControl control(String peer) {
        return sessions.of(peer).orElseThrow(() -> BgpPage.unknown(view.snapshot(), peer));
    }

    final BgpPage page(String peer) {
        return control(peer).detail(peer).map(BgpPage::of).orElseThrow(() -> BgpPage.unknown(view.snapshot(), peer));
    }
}
