package org.heraldlb.k8swebhook.keeper;

import java.util.Map;

/** Keeps the texts of certificates and keys. */
public interface Store {

    /**
     * What is kept.
     *
     * @param entries text by name; empty when nothing is kept
     * @param version goes back with {@link #write}
     */
    record Kept(Map<String, String> entries, String version) {
        public Kept {
            entries = Map.copyOf(entries);
        }

        /** Not the entries: there are keys among them. */
        @Override
        public String toString() {
            return "version " + version;
        }
    }

    Kept read() throws Unavailable;

    /**
     * Replaces the entries.
     *
     * @param version what they were read at
     * @return false when somebody else has written meanwhile
     */
    boolean write(Map<String, String> entries, String version) throws Unavailable;
}
