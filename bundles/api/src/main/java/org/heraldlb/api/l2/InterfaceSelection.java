package org.heraldlb.api.l2;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * On which interfaces.
 *
 * @param all every usable one; then {@code names} is empty
 * @param names exactly these, sorted
 */
public record InterfaceSelection(boolean all, Set<String> names) {

    public static final InterfaceSelection ALL = new InterfaceSelection(true, Set.of());

    public InterfaceSelection {
        names = all ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(names));
    }

    public static InterfaceSelection only(Set<String> names) {
        return new InterfaceSelection(false, names);
    }

    public boolean selects(String name) {
        return all || names.contains(name);
    }

    /** Where either selects. */
    public InterfaceSelection union(InterfaceSelection other) {
        if (all || other.all) {
            return ALL;
        }
        Set<String> both = new TreeSet<>(names);
        both.addAll(other.names);
        return only(both);
    }
}
