package org.heraldlb.bench.l2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/** A plan, word by word: addresses, and before them what is to be done with them. */
final class PlanWords {

    private final List<L2Announcement> announcements = new ArrayList<>();
    private final List<L2Watch> watches = new ArrayList<>();
    private ConflictPolicy policy = ConflictPolicy.OFF;
    private Mode mode = Mode.AVAILABLE;
    private String owner = "";
    private TreeSet<MacAddress> expected = new TreeSet<>();

    void add(String word) {
        switch (word) {
            case "" -> {
                // No plan at all.
            }
            case "off", "warn", "refuse" -> policy = ConflictPolicy.valueOf(word.toUpperCase(Locale.ROOT));
            case "quorum", "available" -> mode = Mode.valueOf(word.toUpperCase(Locale.ROOT));
            default -> addName(word);
        }
    }

    private void addName(String word) {
        if (word.startsWith("watch:")) {
            String[] parts = word.substring("watch:".length()).split("=", 2);
            owner = parts[0];
            expected = new TreeSet<>();
            if (parts.length == 2) {
                Arrays.stream(parts[1].split(",")).map(MacAddress::parse).forEach(expected::add);
            }
        } else {
            addAddresses(word);
        }
    }

    private void addAddresses(String word) {
        String[] parts = word.split("@", 2);
        InterfaceSelection where = parts.length == 1
                ? InterfaceSelection.ALL
                : InterfaceSelection.only(new HashSet<>(Arrays.asList(parts[1].split(","))));
        boolean manyPrefixes = parts[0].contains("*");
        String[] range = parts[0].split("[+*]", 2);
        IpAddress first = IpAddress.parse(range[0]);
        int count = range.length == 1 ? 1 : Integer.parseInt(range[1]);
        for (int i = 0; i < count; i++) {
            IpAddress address = manyPrefixes ? IpAddress.v6(first.high() + i, first.low()) : first.plus(i);
            if (owner.isEmpty()) {
                announcements.add(new L2Announcement(address, where, List.of(), mode, policy));
            } else {
                watches.add(new L2Watch(address, where, owner, expected));
            }
        }
    }

    List<L2Announcement> announcements() {
        return announcements;
    }

    List<L2Watch> watches() {
        return watches;
    }
}
