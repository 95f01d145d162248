package org.heraldlb.bgp.speaker;

import java.util.Set;
import org.heraldlb.bgp.fsm.Negotiated;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;

/**
 * What a session has while it is up. On the loop only.
 *
 * @param link its connection
 * @param agreed by the OPENs
 * @param teller of our routes
 * @param received from the peer
 * @param sinceNanos when it came up, on the loop's clock
 */
record Established(Link link, Negotiated agreed, Teller teller, ReceivedRoutes received, long sinceNanos) {

    void deliver(String peer, Update update) {
        switch (received.apply(update)) {
            case NEAR -> BgpLog.manyRoutes(peer, received.size(), received.limit());
            case BEYOND -> BgpLog.tooManyRoutes(peer, received.limit());
            default -> {}
        }
    }

    /** The peer wants our routes once more, or brackets its own. */
    void refresh(RouteRefresh request) {
        if (request.subtype() == RouteRefresh.REQUEST) {
            teller.again(Set.of(request.family()));
        }
    }
}
