package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.net.IpAddress;

/**
 * A service whose place has to be decided.
 *
 * @param holder the service
 * @param held what it had until now, maybe nothing
 */
record Claimant(Holder holder, List<IpAddress> held) {

    /** Those who had something come first, then by name. */
    static final Comparator<Claimant> ORDER = Claimant::compare;

    private static int compare(Claimant a, Claimant b) {
        boolean first = a.held.isEmpty();
        return first == b.held.isEmpty() ? a.holder.name.compareTo(b.holder.name) : first ? 1 : -1;
    }

    /**
     * The order in which services are asked whether they may keep what they had. By name, except that where several had
     * one address, those who may share it with each other come before others when they are more: a service that changes
     * its sharing key must not turn out those who did not.
     */
    static List<Claimant> rightfulFirst(List<Claimant> byName) {
        Map<IpAddress, List<Claimant>> contested = contested(byName);
        if (contested.isEmpty()) {
            return byName;
        }
        Set<Claimant> outvoted = new HashSet<>();
        contested.values().forEach(claimants -> outvoted.addAll(outvoted(claimants)));
        List<Claimant> order = new ArrayList<>(byName);
        order.removeIf(outvoted::contains);
        byName.stream().filter(outvoted::contains).forEach(order::add);
        return order;
    }

    private static Map<IpAddress, List<Claimant>> contested(List<Claimant> byName) {
        Map<IpAddress, Claimant> first = new HashMap<>();
        Map<IpAddress, List<Claimant>> contested = new LinkedHashMap<>();
        for (Claimant claimant : byName) {
            for (IpAddress address : claimant.held) {
                Claimant other = first.putIfAbsent(address, claimant);
                if (other != null && other != claimant) {
                    contested
                            .computeIfAbsent(address, any -> new ArrayList<>(List.of(other)))
                            .add(claimant);
                }
            }
        }
        return contested;
    }

    private static List<Claimant> outvoted(List<Claimant> claimants) {
        Map<Object, List<Claimant>> parties = new LinkedHashMap<>();
        for (Claimant claimant : claimants) {
            parties.computeIfAbsent(claimant.party(), any -> new ArrayList<>()).add(claimant);
        }
        List<Claimant> strongest = List.of();
        for (List<Claimant> party : parties.values()) {
            strongest = party.size() > strongest.size() ? party : strongest;
        }
        List<Claimant> others = new ArrayList<>(claimants);
        others.removeAll(strongest);
        return others;
    }

    private Object party() {
        return holder.sharing == null ? holder : holder.sharing;
    }

    /** By identity: there is one for each service. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return holder.name.hashCode();
    }
}
