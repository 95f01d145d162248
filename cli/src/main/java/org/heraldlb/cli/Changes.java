package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heraldlb.view.Column;

/**
 * What is different between two plans.
 *
 * @param changes addresses of services, then owners of addresses, then routes, then BGP sessions, each sorted
 * @param problems of the second plan
 */
public record Changes(List<Change> changes, List<PlanPage.ProblemLine> problems) {

    /**
     * @param what {@code address}, {@code owner}, {@code route} or {@code session}
     * @param subject the service, the address, the prefix and the peer, or the peer and the nodes
     * @param change {@code appears}, {@code vanishes} or {@code moves}; of a session also {@code resets}, {@code resets
     *     with frr} where that backend alone does, and {@code goes on} when it has other parameters from now on
     * @param before absent when it appears, and of a session
     * @param after absent when it vanishes; of a session the fields that changed
     */
    public record Change(String what, String subject, String change, Optional<String> before, Optional<String> after) {
        static final Comparator<Change> ORDER =
                Comparator.comparing(Change::subject).thenComparing(Change::change);

        static final List<Column<Change>> COLUMNS = List.of(
                Column.text("WHAT", Change::what),
                Column.text("SUBJECT", Change::subject),
                Column.text("CHANGE", Change::change),
                Column.text("BEFORE", change -> change.before().orElse("")),
                Column.text("AFTER", change -> change.after().orElse("")));
    }

    static Changes between(State from, State to) {
        PlanPage before = from.page();
        PlanPage after = to.page();
        List<Change> changes = new ArrayList<>();
        compare("address", addresses(before), addresses(after), changes);
        compare("owner", owners(before), owners(after), changes);
        compare("route", routes(before), routes(after), changes);
        changes.addAll(Sessions.between(from, to));
        return new Changes(changes, after.problems());
    }

    private static Map<String, String> addresses(PlanPage page) {
        return page.services().stream()
                .filter(line -> !line.addresses().isEmpty())
                .collect(Collectors.toMap(
                        PlanPage.ServiceLine::name,
                        line -> String.join(",", line.addresses()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static Map<String, String> owners(PlanPage page) {
        return page.layer2().stream()
                .collect(Collectors.toMap(
                        PlanPage.Layer2Line::address, PlanPage.Layer2Line::node, (a, b) -> a, TreeMap::new));
    }

    /** Who announces a prefix to a peer, with which attributes. */
    private static Map<String, String> routes(PlanPage page) {
        Map<String, TreeSet<String>> nodes = new TreeMap<>();
        for (PlanPage.BgpLine line : page.bgp()) {
            nodes.computeIfAbsent(line.prefix() + " to " + line.peer(), key -> new TreeSet<>())
                    .add(line.node() + attributes(line));
        }
        return nodes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> String.join(",", entry.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static String attributes(PlanPage.BgpLine line) {
        List<String> parts = new ArrayList<>();
        line.localPref().ifPresent(value -> parts.add("localPref " + value));
        parts.addAll(line.communities());
        parts.addAll(line.largeCommunities());
        return parts.isEmpty() ? "" : "(" + String.join(" ", parts) + ")";
    }

    private static void compare(
            String what, Map<String, String> before, Map<String, String> after, List<Change> changes) {
        TreeSet<String> subjects = new TreeSet<>(before.keySet());
        subjects.addAll(after.keySet());
        Function<String, String> kind = subject ->
                !before.containsKey(subject) ? "appears" : !after.containsKey(subject) ? "vanishes" : "moves";
        for (String subject : subjects) {
            String was = before.get(subject);
            String is = after.get(subject);
            if (!Objects.equals(was, is)) {
                changes.add(new Change(
                        what, subject, kind.apply(subject), Optional.ofNullable(was), Optional.ofNullable(is)));
            }
        }
    }
}
