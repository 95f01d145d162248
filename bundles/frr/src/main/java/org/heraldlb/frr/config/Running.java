package org.heraldlb.frr.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What FRR runs, divided into ours and the operator's.
 *
 * @param ours everything that is marked as ours, in the spelling that we write
 * @param instances the BGP instances by VRF ({@code default} for none)
 */
public record Running(Section ours, Map<String, Instance> instances) {

    private static final String ROUTER = "router bgp ";
    private static final String FAMILY = "address-family ";
    private static final String NEIGHBOR = "neighbor ";
    private static final String NETWORK = "network ";
    private static final String OUR_MAP = " route-map " + Names.OURS;
    private static final String IPV4 = "address-family ipv4 unicast";
    /** FRR 10 does not print the value that it takes for granted. */
    private static final String MULTIHOP = " ebgp-multihop";

    private static final String MULTIHOP_DEFAULT = " 255";
    static final String NO_DEFAULT = "no bgp default ipv4-unicast";
    /** Lines of an instance that are ours where the instance is. */
    static final List<String> INSTANCE_LINES = List.of(
            "bgp router-id ",
            "no bgp ebgp-requires-policy",
            NO_DEFAULT,
            "no bgp network import-check",
            "bgp graceful-restart ",
            "coalesce-time ",
            "no bgp hard-administrative-reset");

    /**
     * @param as its AS number as FRR prints it
     * @param isOurs we made it
     * @param checksImport {@code network} needs a route in the kernel
     * @param foreignNeighbors neighbours that are not ours
     * @param foreignNetworks prefixes that somebody else announces
     */
    public record Instance(
            String as,
            boolean isOurs,
            boolean checksImport,
            Set<String> foreignNeighbors,
            Set<String> foreignNetworks,
            boolean hasForeign) {}

    /** Nothing runs. */
    public static final Running NOTHING = new Running(Section.root(), Map.of());

    /** Reads {@code show running-config} of bgpd and bfdd, one after the other. */
    public static Running of(Section running) {
        Section ours = Section.root();
        Map<String, Instance> instances = new TreeMap<>();
        for (Section top : running.children()) {
            if (top.header().startsWith("route-map " + Names.OURS)) {
                ours.put(top);
            } else if (top.header().equals("bfd")) {
                Section profiles = top.filter(child -> child.header().startsWith("profile " + Names.OURS));
                if (!profiles.isEmpty()) {
                    ours.put(profiles);
                }
            } else if (top.header().startsWith(ROUTER) && !top.header().contains(" view ")) {
                instance(running, top, ours, instances);
            }
        }
        return new Running(ours, instances);
    }

    private static void instance(Section running, Section top, Section ours, Map<String, Instance> instances) {
        String vrf = vrf(top.header());
        boolean made = running.has(marker(vrf));
        Set<String> neighbors = ourNeighbors(top);
        Section part = new Section(top.header());
        Set<String> foreignNeighbors = new HashSet<>();
        Set<String> foreignNetworks = new HashSet<>();
        boolean foreign = false;
        for (Section child : top.children()) {
            String line = child.header();
            if (line.startsWith(FAMILY)) {
                foreign |= family(child, part, neighbors, foreignNetworks);
            } else if (line.startsWith(NEIGHBOR)) {
                boolean own = neighbors.contains(neighbor(line));
                if (own) {
                    part.add(line.endsWith(MULTIHOP) ? line + MULTIHOP_DEFAULT : line);
                } else {
                    foreignNeighbors.add(neighbor(line));
                }
            } else if (made && INSTANCE_LINES.stream().anyMatch(line::startsWith)) {
                part.add(line);
            } else {
                foreign = true;
            }
        }
        if (!top.has(NO_DEFAULT)) {
            activateByDefault(part, neighbors);
        }
        if (made || !part.isEmpty()) {
            ours.put(part);
        }
        instances.put(
                vrf,
                new Instance(
                        top.header().split(" ")[2],
                        made,
                        !top.has("no bgp network import-check"),
                        foreignNeighbors,
                        foreignNetworks,
                        foreign || !foreignNeighbors.isEmpty() || !foreignNetworks.isEmpty()));
    }

    private static boolean family(Section family, Section part, Set<String> neighbors, Set<String> foreignNetworks) {
        boolean foreign = false;
        Section own = new Section(family.header());
        for (Section child : family.children()) {
            String line = child.header();
            if (line.startsWith(NETWORK)) {
                if (line.contains(OUR_MAP)) {
                    own.put(child);
                } else {
                    foreignNetworks.add(line.split(" ")[1]);
                }
            } else if (line.startsWith(NEIGHBOR) || line.startsWith("no " + NEIGHBOR)) {
                if (neighbors.contains(neighbor(line.startsWith("no ") ? line.substring(3) : line))) {
                    own.add(line);
                }
            } else {
                foreign = true;
            }
        }
        if (!own.isEmpty()) {
            part.put(own);
        }
        return foreign;
    }

    /** Where IPv4 is on unless it is off, FRR prints the exception only. */
    private static void activateByDefault(Section part, Set<String> neighbors) {
        Section family = part.has(IPV4) ? part.child(IPV4) : new Section(IPV4);
        Section spelled = new Section(IPV4);
        neighbors.stream()
                .filter(neighbor -> !family.has("no " + NEIGHBOR + neighbor + " activate"))
                .forEach(neighbor -> spelled.add(NEIGHBOR + neighbor + " activate"));
        family.lines().stream().filter(line -> !line.startsWith("no ")).forEach(spelled::add);
        if (part.has(IPV4) || !spelled.isEmpty()) {
            part.put(spelled);
        }
    }

    private static Set<String> ourNeighbors(Section router) {
        Set<String> ours = new HashSet<>();
        Stream<Section> families = router.children().stream().flatMap(child -> child.children().stream());
        List<String> lines = Stream.concat(router.children().stream(), families)
                .map(Section::header)
                .filter(line -> line.startsWith(NEIGHBOR))
                .toList();
        for (String line : lines) {
            String[] words = line.split(" ", 5);
            if (words.length < 4) {
                continue;
            }
            boolean described = words[2].equals("description") && words[3].equals(Names.DESCRIPTION.strip());
            boolean mapped = words[2].equals("route-map") && words[3].startsWith(Names.OURS);
            if (described || mapped) {
                ours.add(words[1]);
            }
        }
        return ours;
    }

    /** The second word. */
    static String neighbor(String line) {
        return line.split(" ", 3)[1];
    }

    /** Name of the VRF of a {@code router bgp} line. */
    static String vrf(String header) {
        int at = header.indexOf(" vrf ");
        return at < 0 ? "default" : header.substring(at + 5);
    }

    /** A route map that nobody uses: where it is, the instance is ours. */
    public static String marker(String vrf) {
        return "route-map " + Names.OURS + "router-" + Names.encode(vrf) + " deny 10";
    }
}
