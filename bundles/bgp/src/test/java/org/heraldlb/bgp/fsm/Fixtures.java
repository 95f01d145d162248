package org.heraldlb.bgp.fsm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;

/** Peers AS 65001 (us, 10.0.0.1) and AS 65002 (the other, 10.0.0.2). */
final class Fixtures {

    static final long START = Long.MAX_VALUE - 5_000_000_000L;
    static final OpenRules RULES = new OpenRules(65001, OptionalLong.of(65002), Optional.empty(), OptionalInt.empty());
    static final Opens OURS = opens(65001, 90);
    static final Opens THEIRS = opens(65002, 90);

    private Fixtures() {}

    static Opens opens(long as, int hold) {
        return new Opens(
                as,
                hold,
                List.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST),
                OptionalInt.empty(),
                false,
                OptionalInt.empty());
    }

    static Opens graceful(long as) {
        return new Opens(as, 90, List.of(Family.IPV4_UNICAST), OptionalInt.of(120), true, OptionalInt.empty());
    }

    static Open ours() {
        return OURS.open(0x0a000001, false);
    }

    static Open theirs() {
        return THEIRS.open(0x0a000002, false);
    }

    static FsmSettings delayed(Duration delay) {
        FsmSettings plain = FsmSettings.of(RULES);
        return new FsmSettings(plain.rules(), false, plain.connectRetry(), delay, plain.keepalive(), plain.sendHold());
    }

    static FsmSettings passive() {
        FsmSettings plain = FsmSettings.of(RULES);
        return new FsmSettings(
                plain.rules(), true, plain.connectRetry(), plain.delayOpen(), plain.keepalive(), plain.sendHold());
    }

    static Pauses pauses() {
        return new Pauses(new SplittableRandom(1), Duration.ofSeconds(2).toNanos());
    }

    /** Effects without state changes, such as {@code "Send OPEN, Close"}. */
    static String text(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.Changed))
                .map(Fixtures::text)
                .collect(Collectors.joining(" "));
    }

    private static String text(Effect effect) {
        if (effect instanceof Effect.Send send) {
            return text(send.message());
        }
        if (effect instanceof Effect.Close close) {
            return close.abort() ? "abort" : "close";
        }
        return effect.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static String text(Message message) {
        if (message instanceof Notification notification) {
            return notification.code() + "/" + notification.subcode();
        }
        return message.type() == Message.TYPE_OPEN ? "OPEN" : "KEEPALIVE";
    }
}
