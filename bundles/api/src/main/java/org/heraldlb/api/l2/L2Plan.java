package org.heraldlb.api.l2;

import java.util.List;
import org.heraldlb.api.Plan;

/**
 * What this node answers for on its links.
 *
 * @param generation of the snapshot
 * @param node this node
 * @param announcements by address, ascending; one for each address
 */
public record L2Plan(long generation, String node, List<L2Announcement> announcements) implements Plan {
    public L2Plan {
        announcements = List.copyOf(announcements);
    }
}
