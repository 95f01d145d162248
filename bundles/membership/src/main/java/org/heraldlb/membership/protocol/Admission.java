package org.heraldlb.membership.protocol;

import java.util.SortedMap;
import java.util.TreeMap;

/** Whose beats count, and why others' do not. */
public final class Admission {

    private final SortedMap<String, Oddity> oddities = new TreeMap<>();

    /** Why beats from a place do not count. */
    public enum Oddity {
        OTHER_CLUSTER,
        NOT_CONFIGURED,
        SAME_NAME
    }

    boolean admits(Beat beat, Self self, boolean configured) {
        Oddity oddity = null;
        if (!beat.sender().cluster().equals(self.cluster())) {
            oddity = Oddity.OTHER_CLUSTER;
        } else if (!configured) {
            oddity = Oddity.NOT_CONFIGURED;
        } else if (beat.sender().node().equals(self.node())) {
            oddity = Oddity.SAME_NAME;
        }
        if (oddity == null) {
            oddities.remove(beat.sender().place());
            return true;
        }
        if (oddities.size() < Self.MOST && !beat.sender().place().equals(self.place())) {
            oddities.put(beat.sender().place(), oddity);
        }
        return false;
    }

    /** Who speaks and is not listened to, by place. */
    SortedMap<String, Oddity> oddities() {
        return oddities;
    }
}
