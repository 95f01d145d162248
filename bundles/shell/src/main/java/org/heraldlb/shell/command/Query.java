package org.heraldlb.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.heraldlb.shell.NodeView;
import org.heraldlb.view.Json;
import org.heraldlb.view.Listing;
import org.heraldlb.view.Paper;

/**
 * A command that shows something as text or as JSON. Not final: each command is a subclass, because the shell finds
 * options and references in the fields of a command's class and its superclasses.
 */
public abstract class Query implements Action {

    /** Session variable: width of the client's terminal. */
    public static final String COLUMNS = "herald.columns";

    /** Session variable: {@code true} when the client's terminal shows colours. */
    public static final String COLOUR = "herald.colour";

    @Reference
    NodeView view;

    @Reference
    Session session;

    @Option(name = "-o", aliases = "--output", description = "table or json")
    @Completion(
            value = StringsCompleter.class,
            values = {"table", "json"})
    String output = "table";

    /** What is shown; without a line break at its end. */
    @Override
    public abstract String execute();

    final String show(Listing<?> listing) {
        return json() ? Json.pretty(listing.tree(view.snapshot())) : body(listing.table(paper()));
    }

    /**
     * The one name among the words behind a command. The shell takes options in front of names only; {@code -o json}
     * behind them is taken here, because that is where everybody writes it.
     */
    final Optional<String> name(List<String> words) {
        List<String> names = new ArrayList<>(words == null ? List.of() : words);
        int option = Math.max(names.indexOf("-o"), names.indexOf("--output"));
        if (option >= 0 && option + 1 < names.size()) {
            output = names.remove(option + 1);
            names.remove(option);
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException("one name is enough, not " + names.size() + ": " + names);
        }
        return names.stream().findFirst();
    }

    static String body(String text) {
        return text.stripTrailing();
    }

    /** True for JSON, false for text. */
    final boolean json() {
        if (!output.equals("json") && !output.equals("table")) {
            throw new IllegalArgumentException("-o takes table or json, not \"" + output + "\"");
        }
        return output.equals("json");
    }

    final Paper paper() {
        boolean terminal = session.getTerminal() != null;
        int width = terminal ? session.getTerminal().getWidth() : number(session.get(COLUMNS));
        return new Paper(width, terminal || "true".equals(session.get(COLOUR)));
    }

    private static int number(Object value) {
        return Optional.ofNullable(value)
                .map(Object::toString)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::valueOf)
                .orElse(0);
    }
}
