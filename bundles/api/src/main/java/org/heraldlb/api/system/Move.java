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
 * @param elect from that news to the plan
 * @param announce from the plan to the first announcement on the wire; present on the node that took over
 */
public record Move(
        IpAddress address,
        String from,
        String to,
        Instant at,
        String reason,
        Duration elect,
        Optional<Duration> announce) {}
