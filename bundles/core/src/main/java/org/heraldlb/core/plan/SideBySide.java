package org.heraldlb.core.plan;

import java.util.Iterator;
import java.util.Map;
import org.heraldlb.api.intent.NamespacedName;

/** Reads a map in name order while somebody else walks another one. Ask for ascending names only. */
final class SideBySide<V> {

    private final Iterator<Map.Entry<NamespacedName, V>> entries;
    private Map.Entry<NamespacedName, V> next;

    SideBySide(Map<NamespacedName, V> sorted) {
        entries = sorted.entrySet().iterator();
        advance();
    }

    private void advance() {
        next = entries.hasNext() ? entries.next() : null;
    }

    /** The value at {@code name}, null when there is none. */
    V at(NamespacedName name) {
        while (next != null && next.getKey() != name && next.getKey().compareTo(name) < 0) {
            advance();
        }
        return next != null && next.getKey().equals(name) ? next.getValue() : null;
    }
}
