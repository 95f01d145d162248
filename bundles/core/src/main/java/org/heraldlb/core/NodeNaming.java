package org.heraldlb.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.heraldlb.api.system.NodeIdentity;

/**
 * The identity of this node: the environment wins over the configuration, and the host name is what is left.
 *
 * @param name never empty
 * @param labels {@code key=value} pairs, read
 */
public record NodeNaming(String name, Map<String, String> labels) implements NodeIdentity {

    public static final String NAME_VARIABLE = "HERALD_NODE_NAME";
    public static final String LABELS_VARIABLE = "HERALD_NODE_LABELS";

    public NodeNaming {
        labels = Map.copyOf(labels);
    }

    /** @param environment a variable's value, null when it is not set */
    public static NodeNaming of(String name, List<String> labels, UnaryOperator<String> environment) {
        String given = environment.apply(NAME_VARIABLE);
        String chosen = given != null && !given.isBlank() ? given : name;
        String pairs = environment.apply(LABELS_VARIABLE);
        return new NodeNaming(
                chosen.isBlank() ? hostName(environment) : chosen.strip(),
                read(pairs == null ? labels : List.of(pairs)));
    }

    private static String hostName(UnaryOperator<String> environment) {
        String shell = environment.apply("HOSTNAME");
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unresolvable) {
            return shell == null || shell.isBlank() ? "localhost" : shell;
        }
    }

    /** Each item may hold several pairs, separated by commas; a key alone has an empty value. */
    private static Map<String, String> read(List<String> items) {
        Map<String, String> labels = new TreeMap<>();
        items.stream()
                .flatMap(item -> List.of(item.split(",")).stream())
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .forEach(pair -> {
                    int equals = pair.indexOf('=');
                    labels.put(
                            equals < 0 ? pair : pair.substring(0, equals).strip(),
                            equals < 0 ? "" : pair.substring(equals + 1).strip());
                });
        return labels;
    }
}
