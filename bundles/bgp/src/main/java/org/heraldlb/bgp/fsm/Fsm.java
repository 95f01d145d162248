package org.heraldlb.bgp.fsm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;

/**
 * The machine of one connection: RFC 4271 section 8.2.2, state by state. Not thread-safe; whoever calls it carries the
 * effects out in order, and calls again at {@link #deadline()}.
 *
 * <p>Two places differ from the text, as every implementation does: a NOTIFICATION is never answered with a
 * NOTIFICATION (section 6.4), and a pause in Idle (event 13) always ends in a new start.
 */
public final class Fsm {

    /** RFC 4271 section 8.2.2: "A HoldTimer value of 4 minutes is suggested" before the OPENs. */
    private static final Duration LARGE_HOLD = Duration.ofMinutes(4);

    private static final Duration MIN_SEND_HOLD = Duration.ofMinutes(8);
    /** A session that held this long works; the next failure starts with short pauses again. */
    private static final Duration PROVEN = Duration.ofSeconds(30);

    private FsmSettings settings;
    private final Pauses pauses;
    private final boolean restarts;
    private final Deadlines timers = new Deadlines();
    private State state = State.IDLE;
    private List<Effect> effects = new ArrayList<>();
    private Open ours;
    private Negotiated negotiated;
    private long now;
    private long establishedAt;
    private int connectRetryCounter;
    private boolean heard;

    /** @param restarts true: comes back from Idle by itself; false: made for one connection the peer dialled */
    Fsm(FsmSettings settings, Pauses pauses, boolean restarts) {
        this.settings = settings;
        this.pauses = pauses;
        this.restarts = restarts;
    }

    /** From the next time on that each matters; the session stays. */
    void settings(FsmSettings newSettings) {
        settings = newSettings;
    }

    public State state() {
        return state;
    }

    /** ConnectRetryCounter. */
    public int failures() {
        return connectRetryCounter;
    }

    /** Present in OpenConfirm and Established. */
    public Optional<Negotiated> negotiated() {
        return Optional.ofNullable(negotiated);
    }

    /** When the earliest timer fires. */
    public OptionalLong deadline() {
        return timers.deadline(timers.first());
    }

    public boolean isRunning(Timer timer) {
        return timers.isRunning(timer);
    }

    /** When one timer fires. */
    public OptionalLong deadline(Timer timer) {
        return timers.deadline(timer);
    }

    /** Fires the earliest timer if it is due; an empty list when none was. Call until then. */
    public List<Effect> tick(long nowNanos) {
        Timer first = timers.first();
        OptionalLong deadline = timers.deadline(first);
        if (deadline.isEmpty() || deadline.getAsLong() - nowNanos > 0) {
            return List.of();
        }
        timers.stop(first);
        return on(new Event.Expired(first), nowNanos);
    }

    /** One step. */
    public List<Effect> on(Event event, long nowNanos) {
        now = nowNanos;
        effects = new ArrayList<>();
        switch (state) {
            case IDLE -> inIdle(event);
            case CONNECT, ACTIVE -> beforeOpen(event);
            case OPEN_SENT -> inOpenSent(event);
            case OPEN_CONFIRM -> inOpenConfirm(event);
            case ESTABLISHED -> inEstablished(event);
            default -> throw new IllegalStateException(state.text());
        }
        return effects;
    }

    /** RFC 9687: something is to be written and does not leave. Keeps an earlier deadline. */
    public void writeBlocked(long nowNanos) {
        Optional<Duration> wanted = settings.sendHold();
        boolean off = wanted.isPresent() && wanted.get().isZero();
        if (!off && state == State.ESTABLISHED && !timers.isRunning(Timer.SEND_HOLD)) {
            timers.start(Timer.SEND_HOLD, nowNanos + wanted.orElse(sendHold()).toNanos());
        }
    }

    /** RFC 9687: something left. */
    public void writeProgressed() {
        timers.stop(Timer.SEND_HOLD);
    }

    private Duration sendHold() {
        Duration twice = Duration.ofSeconds(2L * negotiated.holdSeconds());
        return twice.compareTo(MIN_SEND_HOLD) > 0 ? twice : MIN_SEND_HOLD;
    }

    // Idle

    private void inIdle(Event event) {
        if (event instanceof Event.Start) {
            connectRetryCounter = 0;
            start();
        } else if (isExpiry(event, Timer.IDLE_HOLD)) {
            start();
        } else if (event instanceof Event.Connected connected && !restarts) {
            moveTo(State.ACTIVE, "");
            connected(connected.open());
        } else if (event instanceof Event.Stop stop && stop.forGood()) {
            timers.stopAll();
        }
    }

    private void start() {
        timers.stop(Timer.IDLE_HOLD);
        if (settings.passive()) {
            moveTo(State.ACTIVE, "");
            return;
        }
        dial();
    }

    private void dial() {
        timers.start(Timer.CONNECT_RETRY, now + settings.connectRetry().toNanos());
        moveTo(State.CONNECT, "");
        effects.add(new Effect.Dial());
    }

    // Connect and Active: the two differ in whether an attempt of ours is on its way

    private void beforeOpen(Event event) {
        if (event instanceof Event.Connected connected) {
            connected(connected.open());
        } else if (event instanceof Event.Opened opened && timers.isRunning(Timer.DELAY_OPEN)) {
            openedEarly(opened.open());
        } else if (event instanceof Event.Stop stop) {
            fall(null, "stopped", !stop.forGood());
        } else if (isExpiry(event, Timer.CONNECT_RETRY)) {
            retry();
        } else if (isExpiry(event, Timer.DELAY_OPEN) && ours != null) {
            sendOpen();
        } else if (event instanceof Event.Failed failed) {
            connectionFailed(failed.reason());
        } else if (!(event instanceof Event.Start)) {
            unexpectedBeforeOpen(event);
        }
    }

    private void retry() {
        if (state == State.CONNECT) {
            effects.add(new Effect.Close(true));
            timers.stop(Timer.DELAY_OPEN);
        }
        dial();
    }

    private void connected(Open open) {
        ours = open;
        heard = false;
        timers.stop(Timer.CONNECT_RETRY);
        if (settings.delayOpen().isZero()) {
            sendOpen();
        } else {
            timers.start(Timer.DELAY_OPEN, now + settings.delayOpen().toNanos());
        }
    }

    private void sendOpen() {
        effects.add(new Effect.Send(ours));
        timers.start(Timer.HOLD, now + LARGE_HOLD.toNanos());
        moveTo(State.OPEN_SENT, "");
    }

    /** Event 20. */
    private void openedEarly(Open theirs) {
        timers.stop(Timer.DELAY_OPEN);
        effects.add(new Effect.Send(ours));
        opened(theirs);
    }

    /** Event 18: listening goes on while the peer may still be the one to speak first. */
    private void connectionFailed(String reason) {
        if (state == State.CONNECT && timers.isRunning(Timer.DELAY_OPEN)) {
            toActive(reason);
        } else {
            connectRetryCounter++;
            fallQuickly(reason);
        }
    }

    private void unexpectedBeforeOpen(Event event) {
        if (event instanceof Event.Notified notified && isVersionError(notified.notification())) {
            fall(null, notified.notification().describe(), true);
            return;
        }
        connectRetryCounter++;
        Notification answer = event instanceof Event.Broken broken ? broken.answer() : null;
        fall(answer, reason(event), true);
    }

    // OpenSent

    private void inOpenSent(Event event) {
        if (event instanceof Event.Opened opened) {
            opened(opened.open());
        } else if (event instanceof Event.Failed failed) {
            toActive(failed.reason());
        } else if (event instanceof Event.Stop stop) {
            stop(stop);
        } else if (event instanceof Event.Notified notified) {
            notified(notified.notification());
        } else if (!(event instanceof Event.Start)) {
            fail(event, BgpError.UNEXPECTED_IN_OPEN_SENT);
        }
    }

    private void opened(Open theirs) {
        heard = true;
        timers.stop(Timer.DELAY_OPEN);
        timers.stop(Timer.CONNECT_RETRY);
        try {
            settings.rules().check(ours, theirs);
            negotiated = Negotiated.of(ours, theirs);
        } catch (BgpException refused) {
            fail(Event.Broken.by(refused), BgpError.OPEN_UNSPECIFIC);
            return;
        }
        effects.add(new Effect.Send(Message.Keepalive.INSTANCE));
        if (negotiated.holdSeconds() == 0) {
            // Without one a peer that never confirms would keep us here for ever.
            timers.start(Timer.HOLD, now + LARGE_HOLD.toNanos());
        } else {
            restartHold();
        }
        restartKeepalive();
        moveTo(State.OPEN_CONFIRM, "");
    }

    /** Event 18 in OpenSent: the ConnectRetryTimer starts anew. A peer that hung up before a word was just not ready. */
    private void toActive(String reason) {
        effects.add(new Effect.Close(true));
        timers.stopAll();
        ours = null;
        if (restarts && !settings.passive()) {
            timers.start(Timer.CONNECT_RETRY, now + pauses.quick());
        }
        moveTo(restarts ? State.ACTIVE : State.IDLE, heard ? reason : "the peer hung up before its OPEN: " + reason);
    }

    // OpenConfirm

    private void inOpenConfirm(Event event) {
        if (event instanceof Event.KeptAlive) {
            restartHold();
            establishedAt = now;
            moveTo(State.ESTABLISHED, "");
            effects.add(new Effect.Up(negotiated));
        } else {
            afterOpen(event, BgpError.UNEXPECTED_IN_OPEN_CONFIRM);
        }
    }

    // Established

    private void inEstablished(Event event) {
        if (event instanceof Event.Updated updated) {
            restartHold();
            effects.add(new Effect.Deliver(updated.update()));
        } else if (event instanceof Event.KeptAlive) {
            restartHold();
        } else if (event instanceof Event.Refreshed refreshed) {
            restartHold();
            effects.add(new Effect.DeliverRefresh(refreshed.refresh()));
        } else {
            afterOpen(event, BgpError.UNEXPECTED_IN_ESTABLISHED);
        }
    }

    private void afterOpen(Event event, BgpError unexpected) {
        if (isExpiry(event, Timer.KEEPALIVE)) {
            effects.add(new Effect.Send(Message.Keepalive.INSTANCE));
            restartKeepalive();
        } else if (event instanceof Event.Stop stop) {
            stop(stop);
        } else if (event instanceof Event.Notified notified) {
            notified(notified.notification());
        } else if (event instanceof Event.Failed failed) {
            connectRetryCounter++;
            fallQuickly(failed.reason());
        } else if (!(event instanceof Event.Start)) {
            fail(event, unexpected);
        }
    }

    // What the states after OPEN share

    private void stop(Event.Stop stop) {
        connectRetryCounter = stop.forGood() ? 0 : connectRetryCounter + 1;
        boolean hard = stop.forGood() && negotiated != null && negotiated.notificationsRestart();
        Notification cause = hard ? stop.cause().hardReset() : stop.cause();
        fall(cause, "stopped: " + cause.describe(), !stop.forGood());
    }

    private void notified(Notification notification) {
        String reason = "the peer says " + notification.describe();
        if (isVersionError(notification)) {
            fall(null, reason, true);
            return;
        }
        connectRetryCounter++;
        boolean transientCause = notification.is(BgpError.COLLISION)
                || notification.is(BgpError.REJECTED)
                || notification.code() == BgpError.HOLD_TIMER_EXPIRED.code();
        if (transientCause) {
            fallQuickly(reason);
        } else {
            fall(null, reason, true);
        }
    }

    /** An error of the peer's, or an event that has no place here. */
    private void fail(Event event, BgpError unexpected) {
        connectRetryCounter++;
        if (isExpiry(event, Timer.HOLD)) {
            fall(Notification.of(BgpError.HOLD_TIMER_EXPIRED), "hold timer expired", true);
        } else if (isExpiry(event, Timer.SEND_HOLD)) {
            fall(Notification.of(BgpError.SEND_HOLD_TIMER_EXPIRED), "send hold timer expired", true);
        } else if (event instanceof Event.CollisionLost) {
            fall(Notification.of(BgpError.COLLISION), "another connection won", true);
        } else if (event instanceof Event.Broken broken) {
            fall(broken.answer(), broken.reason(), true);
        } else {
            fall(Notification.of(unexpected), reason(event), true);
        }
    }

    private static boolean isExpiry(Event event, Timer timer) {
        return event instanceof Event.Expired expired && expired.timer() == timer;
    }

    private static boolean isVersionError(Notification notification) {
        return notification.is(BgpError.UNSUPPORTED_VERSION);
    }

    private static String reason(Event event) {
        if (event instanceof Event.Notified notified) {
            return "the peer says " + notified.notification().describe();
        }
        return event instanceof Event.Broken broken
                ? broken.reason()
                : "unexpected " + event.getClass().getSimpleName();
    }

    // Leaving

    private void fallQuickly(String reason) {
        drop(null, reason);
        if (restarts) {
            timers.start(Timer.IDLE_HOLD, now + pauses.quick());
        }
    }

    /** @param answer null: say nothing */
    private void fall(Notification answer, String reason, boolean comeBack) {
        drop(answer, reason);
        if (comeBack && restarts) {
            timers.start(Timer.IDLE_HOLD, now + pauses.slow());
        }
    }

    private void drop(Notification answer, String reason) {
        if (answer != null) {
            effects.add(new Effect.Send(answer));
        }
        effects.add(new Effect.Close(answer == null));
        timers.stopAll();
        if (state == State.ESTABLISHED) {
            effects.add(new Effect.Down(reason));
            if (now - establishedAt >= PROVEN.toNanos()) {
                pauses.reset();
            }
        }
        negotiated = null;
        ours = null;
        moveTo(State.IDLE, reason);
    }

    /** The one door through which the state changes. */
    private void moveTo(State next, String reason) {
        if (next != state) {
            effects.add(new Effect.Changed(state, next, reason));
            state = next;
        }
    }

    // Timers that run on

    private void restartHold() {
        if (negotiated.holdSeconds() == 0) {
            timers.stop(Timer.HOLD);
        } else {
            timers.start(
                    Timer.HOLD,
                    now + Duration.ofSeconds(negotiated.holdSeconds()).toNanos());
        }
    }

    private void restartKeepalive() {
        if (negotiated.holdSeconds() == 0) {
            return;
        }
        Duration third = Duration.ofSeconds(negotiated.holdSeconds()).dividedBy(3);
        Duration interval = settings.keepalive()
                .filter(wanted -> !wanted.isZero() && wanted.compareTo(third) < 0)
                .orElse(third);
        timers.start(Timer.KEEPALIVE, now + pauses.jittered(interval.toNanos()));
    }

    /** Makes the next try come after a pause, unless one is planned; for a machine that waits in Idle. */
    void comeBack(long nowNanos) {
        if (state == State.IDLE && restarts && !timers.isRunning(Timer.IDLE_HOLD)) {
            timers.start(Timer.IDLE_HOLD, nowNanos + pauses.quick());
        }
    }

    /** Gives up the next try; for a machine that waits in Idle. */
    void rest() {
        if (state == State.IDLE) {
            timers.stopAll();
        }
    }

    /** Forgets an attempt, or the next one, without a word: another connection serves the peer. */
    List<Effect> park(long nowNanos) {
        now = nowNanos;
        effects = new ArrayList<>();
        timers.stopAll();
        negotiated = null;
        ours = null;
        if (state != State.IDLE) {
            effects.add(new Effect.Close(true));
            moveTo(State.IDLE, "another connection serves the peer");
        }
        return effects;
    }
}
