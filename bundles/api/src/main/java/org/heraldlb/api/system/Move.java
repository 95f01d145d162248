package org.heraldlb.api.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;

/**
 * A layer-2 address that changed its owner, as this node saw it.
 *
 * @param address which
 * @param from node that had it, empty for none
 * @param to node that has it, empty for none
 * @param at when this node knew
 * @param reason what happened: a member that was lost and how, a drain, a link, a health check, a document
 * @param detect present when {@code from} was lost: how long it had proved no life when this node knew, an upper bound of
 *     the time since it failed
 * @param elect from that news to the plan
 * @param announce from the plan to the first announcement on the wire; present on the node that took over
 */
public record Move(
        IpAddress address,
        String from,
        String to,
        Instant at,
        String reason,
        Optional<Duration> detect,
        Duration elect,
        Optional<Duration> announce) {

    /** A move without a loss. */
    public Move(
            IpAddress address,
            String from,
            String to,
            Instant at,
            String reason,
            Duration elect,
            Optional<Duration> announce) {
        this(address, from, to, at, reason, Optional.empty(), elect, announce);
    }
}
