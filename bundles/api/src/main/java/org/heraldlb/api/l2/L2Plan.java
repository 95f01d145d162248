package org.heraldlb.api.l2;

import java.util.List;
import org.heraldlb.api.Plan;

/**
 * What this node answers for on its links.
 *
 * @param generation of the snapshot
 * @param node this node
 * @param announcements by address, ascending; one for each address
 * @param watches by address, ascending: what this node checks of other nodes' announcements
 */
public record L2Plan(long generation, String node, List<L2Announcement> announcements, List<L2Watch> watches)
        implements Plan {
    public L2Plan {
        announcements = List.copyOf(announcements);
        watches = List.copyOf(watches);
    }

    /** Nothing to watch. */
    public L2Plan(long generation, String node, List<L2Announcement> announcements) {
        this(generation, node, announcements, List.of());
    }
}
