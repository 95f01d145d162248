package org.heraldlb.ipam.alloc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent.Port;
import org.heraldlb.api.net.IpAddress;

/** The users of one address that has several. All have the same sharing key, no two the same port. */
final class Shared {

    private static final int NAMED = 3;

    private final TreeMap<NamespacedName, Holder> users = new TreeMap<>();
    private final Map<Port, Holder> ports = new HashMap<>();

    void add(Holder holder) {
        users.put(holder.name, holder);
        holder.service.traffic().ports().forEach(port -> ports.put(port, holder));
    }

    void remove(Holder holder) {
        users.remove(holder.name);
        holder.service.traffic().ports().forEach(ports::remove);
    }

    Collection<Holder> users() {
        return users.values();
    }

    Holder first() {
        return users.firstEntry().getValue();
    }

    /** True when somebody else in the namespace of {@code holder} uses it. */
    boolean hasOther(Holder holder) {
        NamespacedName from = new NamespacedName(holder.name.namespace(), "");
        for (NamespacedName name : users.tailMap(from).keySet()) {
            if (!name.namespace().equals(from.namespace())) {
                return false;
            }
            if (!name.equals(holder.name)) {
                return true;
            }
        }
        return false;
    }

    /** Why {@code holder} may not use the address beside the others, or null. */
    Refusal conflict(IpAddress address, Holder holder) {
        boolean alone = users.size() == 1 && users.containsKey(holder.name);
        if (!alone && !other(holder).sharing.equals(holder.sharing)) {
            int others = users.size() - (users.containsKey(holder.name) ? 1 : 0);
            return Refusal.otherKey(holder.name, others(holder), others - NAMED);
        }
        for (Port port : holder.service.traffic().ports()) {
            Holder user = ports.get(port);
            if (user != null && user != holder) {
                return Refusal.portInUse(port, address);
            }
        }
        return null;
    }

    private Holder other(Holder holder) {
        Holder first = first();
        return first == holder ? users.lastEntry().getValue() : first;
    }

    private List<NamespacedName> others(Holder holder) {
        return users.keySet().stream()
                .filter(name -> !name.equals(holder.name))
                .limit(NAMED)
                .toList();
    }
}
