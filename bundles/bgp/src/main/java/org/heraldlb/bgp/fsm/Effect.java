package org.heraldlb.bgp.fsm;

import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;

/** What a machine wants done, in order. */
public sealed interface Effect {

    /** Start to make a TCP connection. */
    record Dial() implements Effect {}

    /** Write a message. */
    record Send(Message message) implements Effect {}

    /**
     * Close the connection, or give up making it, after what was to be sent.
     *
     * @param abort true: unsent bytes are thrown away too
     */
    record Close(boolean abort) implements Effect {}

    /** The session is established. */
    record Up(Negotiated negotiated) implements Effect {}

    /** The session is no longer established. */
    record Down(String reason) implements Effect {}

    /** Routes from the peer. */
    record Deliver(Update update) implements Effect {}

    /** The peer asks for our routes again, or brackets its own. */
    record DeliverRefresh(RouteRefresh refresh) implements Effect {}

    /**
     * For people and statistics.
     *
     * @param reason empty when the state says it all
     */
    record Changed(State from, State to, String reason) implements Effect {}
}
