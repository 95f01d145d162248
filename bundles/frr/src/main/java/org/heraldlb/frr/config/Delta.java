package org.heraldlb.frr.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The commands that make what is out of what should be, and no others. Adds before it removes: nothing that stays is
 * ever without its route map, and a route that changes is replaced, never withdrawn.
 *
 * @param bgpd for bgpd, to be said in configuration mode
 * @param bfdd for bfdd
 * @param resets neighbours whose sessions end by this
 * @param clears commands outside configuration mode that end sessions which FRR would leave as they were
 */
public record Delta(List<String> bgpd, List<String> bfdd, Set<String> resets, List<String> clears) {

    private static final String ROUTER = "router bgp ";
    private static final String FAMILY = "address-family ";
    private static final String EXIT = "exit";
    /** Words after {@code neighbor X} whose change asks for a new session. */
    private static final Set<String> RESETTING = Set.of(
            "remote-as",
            "interface",
            "local-as",
            "port",
            "timers",
            "password",
            "update-source",
            "ebgp-multihop",
            "ttl-security",
            "passive",
            "shutdown",
            "graceful-restart",
            "local-role");

    /** Of those, what FRR takes without doing anything about the session that stands. */
    private static final Set<String> ASLEEP = Set.of("timers", "graceful-restart");

    public boolean isEmpty() {
        return bgpd.isEmpty() && bfdd.isEmpty();
    }

    /** The same where there is no bfdd to tell. */
    public Delta withoutBfdd() {
        return new Delta(bgpd, List.of(), resets, clears);
    }

    /** How many lines are sent. */
    public int size() {
        return bgpd.size() + bfdd.size();
    }

    /** @param running what FRR runs now, of which {@link Running#ours()} may change */
    public static Delta between(Running running, Section wanted) {
        Section is = running.ours();
        Writer writer = new Writer();
        writer.maps(is, wanted);
        writer.routersGone(running, wanted);
        wanted.children().stream()
                .filter(top -> top.header().startsWith(ROUTER))
                .forEach(top -> writer.router(orEmpty(is, top.header()), top));
        writer.mapsGone(is, wanted);
        writer.profiles(orEmpty(is, "bfd"), orEmpty(wanted, "bfd"));
        return new Delta(writer.bgpd, writer.bfdd, new TreeSet<>(writer.resets), writer.clears);
    }

    private static Section orEmpty(Section root, String header) {
        return root.has(header) ? root.child(header) : new Section(header);
    }

    private static final class Writer {
        private final List<String> bgpd = new ArrayList<>();
        private final List<String> bfdd = new ArrayList<>();
        private final Set<String> resets = new HashSet<>();
        private final List<String> clears = new ArrayList<>();

        private void maps(Section is, Section wanted) {
            for (Section map : wanted.children()) {
                if (!map.header().startsWith("route-map ") || map.equals(is.child(map.header()))) {
                    continue;
                }
                bgpd.add(map.header());
                lines(orEmpty(is, map.header()), map, bgpd);
                bgpd.add(EXIT);
            }
        }

        private void mapsGone(Section is, Section wanted) {
            is.lines().stream()
                    .filter(line -> line.startsWith("route-map ") && !wanted.has(line))
                    .forEach(line -> bgpd.add("no " + line));
        }

        private void routersGone(Running running, Section wanted) {
            for (Section router : running.ours().children()) {
                if (!router.header().startsWith(ROUTER) || wanted.has(router.header())) {
                    continue;
                }
                Running.Instance instance = running.instances().get(Running.vrf(router.header()));
                if (instance != null && instance.isOurs() && !instance.hasForeign()) {
                    bgpd.add("no " + router.header());
                    resets.addAll(neighbors(router));
                } else {
                    // It stays the operator's, as it is: only our neighbours and networks leave it.
                    Section lines = router.filter(child -> child.header().startsWith("neighbor ")
                            || child.header().startsWith(FAMILY));
                    router(lines, new Section(router.header()));
                }
            }
        }

        private void router(Section is, Section wanted) {
            if (is.equals(wanted) && !is.isEmpty()) {
                return;
            }
            int begun = bgpd.size();
            bgpd.add(wanted.header());
            Set<String> gone = new LinkedHashSet<>(neighbors(is));
            gone.removeAll(neighbors(wanted));
            gone.forEach(neighbor -> bgpd.add("no neighbor " + neighbor));
            resets.addAll(gone);
            lines(notOf(gone, flat(is)), flat(wanted), bgpd);
            families(is, wanted, gone);
            bgpd.add(EXIT);
            if (bgpd.size() == begun + 2) {
                bgpd.subList(begun, begun + 2).clear();
            } else {
                resets(Running.vrf(wanted.header()), flat(is), flat(wanted));
            }
        }

        private void families(Section is, Section wanted, Set<String> gone) {
            Set<String> headers = new LinkedHashSet<>(wanted.lines());
            headers.addAll(is.lines());
            for (String header : headers) {
                if (!header.startsWith(FAMILY)) {
                    continue;
                }
                List<String> said = new ArrayList<>();
                lines(notOf(gone, orEmpty(is, header)), orEmpty(wanted, header), said);
                if (!said.isEmpty()) {
                    bgpd.add(header);
                    bgpd.addAll(said);
                    bgpd.add("exit-address-family");
                }
            }
        }

        /** FRR ends a session itself for some of these; for the others somebody has to. */
        private void resets(String vrf, Section is, Section wanted) {
            Set<String> before = neighbors(is);
            before.retainAll(neighbors(wanted));
            Set<String> changed = new HashSet<>(is.lines());
            wanted.lines().stream().filter(line -> !changed.remove(line)).forEach(changed::add);
            for (String line : changed) {
                String[] words = line.split(" ");
                boolean resetting = words[0].equals("neighbor")
                        && before.contains(words[1])
                        && RESETTING.contains(words[2])
                        && !line.contains(" timers connect ");
                if (resetting) {
                    resets.add(words[1]);
                    String clear = "clear bgp " + (vrf.equals("default") ? "" : "vrf " + vrf + " ") + words[1];
                    if (ASLEEP.contains(words[2]) && !clears.contains(clear)) {
                        clears.add(clear);
                    }
                }
            }
        }

        private void profiles(Section is, Section wanted) {
            if (is.equals(wanted)) {
                return;
            }
            bfdd.add("bfd");
            for (Section profile : wanted.children()) {
                if (!profile.equals(is.child(profile.header()))) {
                    bfdd.add(profile.header());
                    lines(orEmpty(is, profile.header()), profile, bfdd);
                    bfdd.add(EXIT);
                }
            }
            is.lines().stream().filter(line -> !wanted.has(line)).forEach(line -> bfdd.add("no " + line));
            bfdd.add(EXIT);
        }
    }

    /** The lines themselves, without blocks below them. Those that go and are not replaced come first. */
    private static void lines(Section is, Section wanted, List<String> out) {
        Set<String> replaced = new HashSet<>();
        wanted.lines().stream().filter(line -> !is.has(line)).forEach(line -> replaced.add(key(line)));
        is.lines().stream()
                .filter(line -> !wanted.has(line) && !replaced.contains(key(line)))
                .forEach(line -> out.add(inverse(line)));
        wanted.lines().stream().filter(line -> !is.has(line)).forEach(out::add);
    }

    private static Section flat(Section router) {
        return router.filter(child -> !child.header().startsWith(FAMILY));
    }

    private static Section notOf(Set<String> gone, Section section) {
        return gone.isEmpty()
                ? section
                : section.filter(child ->
                        !child.header().startsWith("neighbor ") || !gone.contains(Running.neighbor(child.header())));
    }

    private static Set<String> neighbors(Section router) {
        Set<String> neighbors = new LinkedHashSet<>();
        router.lines().stream()
                .filter(line -> line.startsWith("neighbor "))
                .forEach(line -> neighbors.add(Running.neighbor(line)));
        return neighbors;
    }

    /** Lines of one key replace each other. */
    private static String key(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("neighbor") && words.length > 2) {
            boolean third = words.length > 3
                    && (words[2].equals("timers") && words[3].equals("connect") || words[2].equals("bfd"));
            String direction = words[2].equals("route-map") ? " " + words[words.length - 1] : "";
            return "neighbor " + words[1] + " " + words[2] + (third ? " " + words[3] : "") + direction;
        }
        // Timers of BFD have their value in the second word, everything else what it is about.
        int length = words[0].equals("bgp") && words.length > 2 ? Math.min(3, words.length - 1) : 2;
        boolean number = words.length == 2 && words[1].chars().allMatch(Character::isDigit);
        return String.join(" ", List.of(words).subList(0, number ? 1 : Math.min(length, words.length)));
    }

    /** Says no to a line; a password is not repeated. */
    private static String inverse(String line) {
        if (line.startsWith("no ")) {
            return line.substring(3);
        }
        String[] words = line.split(" ");
        boolean secret = words.length > 3 && words[2].equals("password");
        return "no " + (secret ? String.join(" ", words[0], words[1], words[2]) : line);
    }
}
