package org.heraldlb.api.l2;

import java.time.Instant;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/**
 * Somebody on the link who asked for an address of ours.
 *
 * @param link where
 * @param mac who
 * @param address his own address; absent when he asked whether anybody has it (RFC 5227, RFC 4862)
 * @param target what he asked for
 * @param questions how often
 * @param first when first
 * @param last when last
 */
public record L2Neighbor(
        String link,
        MacAddress mac,
        Optional<IpAddress> address,
        IpAddress target,
        long questions,
        Instant first,
        Instant last) {}
