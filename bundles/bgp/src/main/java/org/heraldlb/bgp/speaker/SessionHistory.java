package org.heraldlb.bgp.speaker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPeerDetail.Attempt;
import org.heraldlb.api.bgp.BgpPeerDetail.Capabilities;
import org.heraldlb.api.bgp.BgpPeerDetail.Failures;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.fsm.Effect;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageText;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;

/** How one peer's sessions ended or did not begin, and what both sides last offered. On the loop only. */
final class SessionHistory {

    /** What the kernel and the JDK say when a connection cannot be made; part of the text, and what it means. */
    private static final Map<String, Attempt> CONNECT_ERRORS = Map.ofEntries(
            Map.entry("refused", Attempt.REFUSED),
            Map.entry("No route to host", Attempt.UNREACHABLE),
            Map.entry("unreachable", Attempt.UNREACHABLE),
            Map.entry("Host is down", Attempt.UNREACHABLE),
            Map.entry("timed out", Attempt.TIMED_OUT),
            Map.entry("timeout", Attempt.TIMED_OUT),
            Map.entry("assign requested address", Attempt.LOCAL),
            Map.entry("No such device", Attempt.LOCAL),
            Map.entry("not permitted", Attempt.LOCAL),
            Map.entry("Permission denied", Attempt.LOCAL));

    private final Supplier<Instant> clock;
    private Instant since;
    private String lastDrop = "";
    private String lastAttempt = "";
    private Attempt attempt = Attempt.NONE;
    private Optional<BgpPeerDetail.Message> sent = Optional.empty();
    private Optional<BgpPeerDetail.Message> received = Optional.empty();
    private List<String> offered = List.of();
    private List<String> offeredToUs = List.of();

    SessionHistory(Supplier<Instant> clock) {
        this.clock = clock;
        since = clock.get();
    }

    void sent(Message message) {
        if (message instanceof Open open) {
            offered = MessageText.capabilities(open);
        } else if (message instanceof Notification notification) {
            sent = Optional.of(message(notification));
            attempt = ended(notification, Attempt.REJECTED);
        }
    }

    void received(Message message) {
        if (message instanceof Open open) {
            offeredToUs = MessageText.capabilities(open);
        } else if (message instanceof Notification notification) {
            received = Optional.of(message(notification));
            attempt = ended(notification, Attempt.NOTIFIED);
        }
    }

    private BgpPeerDetail.Message message(Notification notification) {
        return new BgpPeerDetail.Message(
                notification.code(), notification.subcode(), notification.describe(), clock.get());
    }

    private static Attempt ended(Notification notification, Attempt otherwise) {
        if (notification.is(BgpError.COLLISION)) {
            return Attempt.COLLISION;
        }
        return notification.code() == BgpError.HOLD_TIMER_EXPIRED.code() ? Attempt.SILENT : otherwise;
    }

    /** The connection could not be made. */
    void notConnected(String reason) {
        attempt = CONNECT_ERRORS.entrySet().stream()
                .filter(entry -> reason.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Attempt.OTHER);
        lastAttempt = reason;
    }

    /** Nobody answered within the ConnectRetryTimer. */
    void unanswered(String seconds) {
        attempt = Attempt.TIMED_OUT;
        lastAttempt = "nobody answered within " + seconds;
    }

    /** The connection stood, and ended by itself. */
    void hungUp() {
        attempt = Attempt.HUNG_UP;
    }

    /** The session is up: what kept it from coming up is over. */
    void established() {
        attempt = Attempt.NONE;
        lastAttempt = "";
    }

    void changed(Effect.Changed changed) {
        if (changed.from() == State.ESTABLISHED) {
            lastDrop = changed.reason();
            lastAttempt = "";
        } else if (!changed.reason().isEmpty()) {
            lastAttempt = changed.reason();
        }
        since = clock.get();
    }

    /** When the state was entered. */
    Instant since() {
        return since;
    }

    /** The latest trouble, for the list of peers. */
    String lastError() {
        return lastDrop.isEmpty() ? lastAttempt : lastDrop;
    }

    Failures failures() {
        return new Failures(sent, received, lastDrop, lastAttempt, attempt);
    }

    Capabilities capabilities() {
        return new Capabilities(offered, offeredToUs);
    }
}
