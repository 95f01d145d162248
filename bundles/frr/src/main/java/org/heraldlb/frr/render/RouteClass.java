package org.heraldlb.frr.render;

import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.heraldlb.api.bgp.RouteAttributes;

/**
 * Routes of which the same is told to the same peers. FRR marks them with one tag, and each neighbour's route map says
 * what a tag means; so a service that comes or goes is one {@code network} line, and no list that a neighbour's policy
 * depends on changes.
 *
 * @param common what all peers of the instance are told alike, when they are
 * @param byPeer otherwise, by the peer's name; peers that are not here are told nothing
 */
record RouteClass(Optional<RouteAttributes> common, Map<String, RouteAttributes> byPeer) {

    /** Tags of ours have the highest bit, which leaves the small numbers to people. */
    private static final long OURS = 0x8000_0000L;

    /** A number that depends on nothing but the content, so that it is the same after a restart. */
    long firstTag() {
        CRC32 sum = new CRC32();
        sum.update(text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return OURS | sum.getValue() >>> 1;
    }

    /** The tag to try when another class has this one. */
    static long nextTag(long tag) {
        return OURS | tag + 1 & OURS - 1;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        common.ifPresent(attributes -> text.append("all ").append(attributes));
        byPeer.forEach((peer, attributes) ->
                text.append(peer.length()).append(' ').append(peer).append(' ').append(attributes));
        return text.toString();
    }

    Optional<RouteAttributes> of(String peer) {
        return common.or(() -> Optional.ofNullable(byPeer.get(peer)));
    }
}
