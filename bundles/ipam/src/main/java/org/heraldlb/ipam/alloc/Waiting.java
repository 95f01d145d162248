package org.heraldlb.ipam.alloc;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.intent.NamespacedName;

/** Services that would be better off if others made room, by name. */
final class Waiting {

    /** They keep what they have and want something else. */
    final Map<NamespacedName, Holder> movers = new TreeMap<>();
    /** They have one address and would take one of the other family. */
    final Map<NamespacedName, Holder> singles = new TreeMap<>();
    /** They have nothing. */
    final Map<NamespacedName, Holder> homeless = new TreeMap<>();

    void forget(Holder holder) {
        movers.remove(holder.name);
        singles.remove(holder.name);
        homeless.remove(holder.name);
    }

    /** Remembers a holder that has one of two families, unless one address is what it asks for. */
    void sort(Holder holder) {
        if (holder.allocation != null
                && holder.service.request().addresses().isEmpty()
                && holder.addresses().size() == 1
                && Families.takesOneOfTwo(holder.service)
                && holder.service.request().problem().isEmpty()) {
            singles.put(holder.name, holder);
        }
    }

    Iterator<Holder> eachMover() {
        return movers.values().iterator();
    }
}
