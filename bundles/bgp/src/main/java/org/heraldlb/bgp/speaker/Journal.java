package org.heraldlb.bgp.speaker;

import java.time.Instant;
import java.util.function.Supplier;
import org.heraldlb.bgp.fsm.Effect;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Update;

/** What happens to one peer's session, for people: counted, remembered, traced and logged. On the loop only. */
final class Journal {

    private final String peer;
    private final SessionCounters counters;
    private final SessionHistory history;
    private final Trace trace;
    private boolean news = true;

    /** @param remote address and port of the peer */
    Journal(String peer, String remote, Trace trace, Supplier<Instant> clock) {
        this.peer = peer;
        this.trace = trace;
        counters = new SessionCounters(remote);
        history = new SessionHistory(clock);
    }

    SessionCounters counters() {
        return counters;
    }

    SessionHistory history() {
        return history;
    }

    Trace trace() {
        return trace;
    }

    /** Something happened that is shown. */
    void touch() {
        news = true;
    }

    /** Whether something happened since the last time that this was asked. */
    boolean takeNews() {
        boolean before = news;
        news = false;
        return before;
    }

    void dialled() {
        news = true;
        counters.attempt();
    }

    /** @param stood false: the connection could not even be made */
    void disconnected(boolean stood, String reason) {
        news = true;
        if (stood) {
            history.hungUp();
        } else {
            history.notConnected(reason);
        }
    }

    void sent(Message message) {
        news = true;
        counters.sent(message);
        history.sent(message);
        trace.sent(message);
        if (message instanceof Notification notification) {
            BgpLog.sent(peer, notification.describe());
        }
    }

    void received(Message message) {
        news = true;
        counters.received(message);
        history.received(message);
        trace.received(message);
    }

    /** An UPDATE with attributes that are not as they should be. */
    void faults(Update update) {
        update.faults().forEach(fault -> {
            counters.fault();
            BgpLog.malformed(peer, fault.text());
        });
    }

    /** Of a connection. */
    void moved(int link, Effect.Changed changed) {
        news = true;
        BgpLog.transition(peer, link, changed.from(), changed.to(), changed.reason());
        trace.moved(changed.from().text(), changed.to().text(), changed.reason());
        history.changed(changed);
    }

    void established() {
        news = true;
        counters.established();
        history.established();
    }

    void dropped() {
        news = true;
        counters.dropped();
    }
}
