package org.heraldlb.filesource.directory;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One look at the whole directory.
 *
 * @param presence whether there was something to look at
 * @param entries by file name, documents only ({@link DocumentNames})
 * @param old names of files that were last written so long ago that nobody is writing them now
 * @param reason why the directory cannot be read, empty otherwise
 */
public record Listing(Presence presence, SortedMap<String, Entry> entries, Set<String> old, String reason) {

    /** Whether there was something to look at. */
    public enum Presence {
        PRESENT,
        /** No such directory: the same as an empty one, and worth a warning. */
        MISSING,
        /** Nobody knows what is in it; what was known stays true. */
        UNREADABLE
    }

    public Listing {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        old = Set.copyOf(old);
    }

    public static Listing of(SortedMap<String, Entry> entries, Set<String> old) {
        return new Listing(Presence.PRESENT, entries, old, "");
    }

    public static Listing missing() {
        return new Listing(Presence.MISSING, Collections.emptySortedMap(), Set.of(), "");
    }

    public static Listing unreadable(String reason) {
        return new Listing(Presence.UNREADABLE, Collections.emptySortedMap(), Set.of(), reason);
    }
}
