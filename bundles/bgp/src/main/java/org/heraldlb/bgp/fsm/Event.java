package org.heraldlb.bgp.fsm;

import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;

/**
 * What can happen to a connection, with the numbers of RFC 4271 section 8.1. Timers (9 to 13, and RFC 9687) are
 * {@link Timer}s; 4 to 7 are 3 with settings; 14 and 15 are decided before a connection is offered to the machine.
 */
public sealed interface Event {

    /** Events 1 and 3 to 7: be up. */
    record Start() implements Event {}

    /**
     * Events 2 and 8: be down.
     *
     * @param cause what the peer is told, when it can be told
     * @param forGood false: come back after a pause (event 8), true: stay down (event 2)
     */
    record Stop(Notification cause, boolean forGood) implements Event {}

    /** A timer fired: events 9 to 13, and the send hold timer of RFC 9687. */
    record Expired(Timer timer) implements Event {}

    /**
     * Events 16 and 17: the connection is there, by our dialling or the peer's.
     *
     * @param open what we have to say first
     */
    record Connected(Open open) implements Event {}

    /** Event 18: the connection failed, or could not be made. */
    record Failed(String reason) implements Event {}

    /** Events 19 and 20: an OPEN that can be read; whether it suits us is still to be seen (event 22). */
    record Opened(Open open) implements Event {}

    /** Events 21, 22 and 28: bytes that break a rule. */
    record Broken(Notification answer, String reason) implements Event {
        public static Broken by(BgpException refused) {
            return new Broken(refused.notification(), refused.getMessage());
        }
    }

    /** Event 23: another connection won. */
    record CollisionLost() implements Event {}

    /** Events 24 and 25. */
    record Notified(Notification notification) implements Event {}

    /** Event 26. */
    record KeptAlive() implements Event {}

    /** Event 27. */
    record Updated(Update update) implements Event {}

    /** RFC 2918; not among the numbered events, treated as an UPDATE is. */
    record Refreshed(RouteRefresh refresh) implements Event {}

    /** The event that a message makes. */
    static Event of(Message message) {
        if (message instanceof Update update) {
            return new Updated(update);
        }
        if (message instanceof Open open) {
            return new Opened(open);
        }
        if (message instanceof Notification notification) {
            return new Notified(notification);
        }
        return message instanceof RouteRefresh refresh ? new Refreshed(refresh) : new KeptAlive();
    }
}
