package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.net.IpAddress;

/**
 * Addresses that nobody uses and only one service may have: reserved ones, and released ones in their grace time. A
 * reservation is stronger.
 */
final class Keeps {

    private final Map<IpAddress, NamespacedName> reservedFor = new HashMap<>();
    private final Map<NamespacedName, List<IpAddress>> reservations = new HashMap<>();
    private final Map<IpAddress, NamespacedName> graceFor = new HashMap<>();
    private final Map<NamespacedName, List<IpAddress>> graces = new HashMap<>();

    /** Only reservations that have not expired. Where two want one address, the first one has it. */
    Keeps(List<Reservation> reservations) {
        for (Reservation reservation : reservations) {
            for (IpAddress address : reservation.addresses()) {
                if (reservedFor.putIfAbsent(address, reservation.service()) == null) {
                    put(this.reservations, reservation.service(), address);
                }
            }
        }
    }

    private static void put(Map<NamespacedName, List<IpAddress>> map, NamespacedName name, IpAddress address) {
        List<IpAddress> list = map.computeIfAbsent(name, any -> new ArrayList<>(1));
        list.add(address);
        Collections.sort(list);
    }

    Map<IpAddress, NamespacedName> reserved() {
        return reservedFor;
    }

    boolean isKept(IpAddress address) {
        return reservedFor.containsKey(address) || graceFor.containsKey(address);
    }

    /** Why a service may not have an address that nobody uses, or null. */
    Refusal refuse(IpAddress address, NamespacedName service) {
        NamespacedName owner = reservedFor.get(address);
        if (owner != null) {
            return owner.equals(service) ? null : Refusal.reserved(address, owner);
        }
        owner = graceFor.get(address);
        return owner == null || owner.equals(service) ? null : Refusal.inGrace(address, owner);
    }

    /** Addresses reserved for a service, ascending. */
    List<IpAddress> reservedFor(NamespacedName service) {
        return reservations.getOrDefault(service, List.of());
    }

    /** Addresses that wait for a service to come back, ascending. */
    List<IpAddress> gracesOf(NamespacedName service) {
        return graces.getOrDefault(service, List.of());
    }

    void addGrace(IpAddress address, NamespacedName service) {
        graceFor.put(address, service);
        put(graces, service, address);
    }

    void removeGrace(IpAddress address) {
        NamespacedName service = graceFor.remove(address);
        List<IpAddress> left = graces.get(service);
        left.remove(address);
        if (left.isEmpty()) {
            graces.remove(service);
        }
    }

    Map<IpAddress, NamespacedName> graces() {
        return graceFor;
    }
}
