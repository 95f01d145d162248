package org.heraldlb.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/** Finds what somebody names. */
public final class Lookup {

    private static final Allocation NOTHING = new Allocation(new NamespacedName("", ""), "", List.of());

    private Lookup() {}

    /** Nothing has this name; the message is one line and ends with a guess where there is one. */
    public static final class UnknownName extends RuntimeException {
        private static final long serialVersionUID = 1;

        private UnknownName(String message) {
            super(message);
        }

        static UnknownName of(String what, String typed, Collection<String> known) {
            String hint = Nearest.to(typed, known)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse(known.isEmpty() ? "; there is none" : "");
            return new UnknownName("no " + what + " \"" + typed + "\"" + hint);
        }
    }

    /**
     * The services that {@code text} names: by {@code namespace/name}, by name alone where only one service has it, or by
     * an address that they have.
     *
     * @return at least one, by name
     * @throws UnknownName when there is none
     */
    public static List<NamespacedName> services(SystemSnapshot snapshot, String text) {
        List<NamespacedName> found = new ArrayList<>();
        for (NamespacedName name : ServiceRow.names(snapshot)) {
            if (name.toString().equals(text)
                    || name.name().equals(text)
                    || addresses(snapshot, name).contains(text)) {
                found.add(name);
            }
        }
        if (found.isEmpty()) {
            throw UnknownName.of("service or address", text, spoken(snapshot, text));
        }
        return found;
    }

    /**
     * The addresses that {@code text} names: itself, or those of a service.
     *
     * @throws UnknownName when there is none
     */
    public static List<IpAddress> addresses(SystemSnapshot snapshot, String text) {
        List<IpAddress> all = services(snapshot, text).stream()
                .flatMap(name -> snapshot.allocation().allocations().getOrDefault(name, NOTHING).addresses().stream())
                .distinct()
                .toList();
        List<IpAddress> itself =
                all.stream().filter(address -> address.toString().equals(text)).toList();
        if (all.isEmpty()) {
            throw new UnknownName("service " + text + " has no address; vip:explain " + text + " says why");
        }
        return itself.isEmpty() ? all : itself;
    }

    /** What to throw when something of this kind has not that name. */
    public static UnknownName unknown(String what, String typed, Collection<String> known) {
        return UnknownName.of(what, typed, known);
    }

    /**
     * The row of one name.
     *
     * @throws UnknownName when there is none
     */
    public static ServiceRow service(SystemSnapshot snapshot, String namespace, String name) {
        NamespacedName wanted = new NamespacedName(namespace, name);
        if (!ServiceRow.names(snapshot).contains(wanted)) {
            throw UnknownName.of("service", wanted.toString(), serviceWords(snapshot));
        }
        return ServiceRow.row(snapshot, wanted);
    }

    /**
     * The pool of this name alone, or all of them when {@code name} is absent.
     *
     * @throws UnknownName when there is none of this name
     */
    public static List<PoolRow> pools(SystemSnapshot snapshot, Optional<String> name) {
        List<PoolRow> rows = PoolRow.of(snapshot);
        List<PoolRow> found = rows.stream()
                .filter(row -> name.isEmpty() || row.name().equals(name.get()))
                .toList();
        if (found.isEmpty() && name.isPresent()) {
            throw UnknownName.of("pool", name.get(), poolWords(snapshot));
        }
        return found;
    }

    /** What the text may be a misspelling of: without a slash, bare names too. */
    private static Collection<String> spoken(SystemSnapshot snapshot, String text) {
        Collection<String> words = serviceWords(snapshot);
        if (text.indexOf('/') < 0) {
            ServiceRow.names(snapshot).forEach(name -> words.add(name.name()));
        }
        return words;
    }

    /** What completion offers where a service is wanted: full names and addresses. */
    public static Collection<String> serviceWords(SystemSnapshot snapshot) {
        TreeSet<String> words = new TreeSet<>();
        for (NamespacedName name : ServiceRow.names(snapshot)) {
            words.add(name.toString());
            words.addAll(addresses(snapshot, name));
        }
        return words;
    }

    /** What completion offers where a pool is wanted. */
    public static Collection<String> poolWords(SystemSnapshot snapshot) {
        return snapshot.intent().addressing().pools().stream()
                .map(pool -> pool.name())
                .toList();
    }

    private static List<String> addresses(SystemSnapshot snapshot, NamespacedName name) {
        return Optional.ofNullable(snapshot.allocation().allocations().get(name))
                .map(Allocation::addresses)
                .orElse(List.of())
                .stream()
                .map(IpAddress::toString)
                .toList();
    }
}
