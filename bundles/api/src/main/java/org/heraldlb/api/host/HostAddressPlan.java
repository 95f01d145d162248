package org.heraldlb.api.host;

import java.util.List;
import org.heraldlb.api.Plan;
import org.heraldlb.api.net.IpAddress;

/**
 * Which addresses stand on which interfaces of this node.
 *
 * @param generation of the snapshot
 * @param node this node
 * @param assignments ascending, distinct
 */
public record HostAddressPlan(long generation, String node, List<Assignment> assignments) implements Plan {

    /**
     * @param address becomes a /32 or /128
     * @param linkInterface such as {@code lo}
     */
    public record Assignment(IpAddress address, String linkInterface) {}

    public HostAddressPlan {
        assignments = List.copyOf(assignments);
    }
}
