package org.heraldlb.bfd.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdAuthentication.Type;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.bfd.packet.ControlPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KeyringTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long DETECTION = 3 * SECOND;
    private static final Optional<BfdAuthentication> OLD = key(Type.METICULOUS_KEYED_SHA1, 1, "old");
    private static final Optional<BfdAuthentication> NEW = key(Type.METICULOUS_KEYED_SHA1, 2, "new");

    private final Keyring us = new Keyring(OLD, new Random(1));
    private final Keyring them = new Keyring(OLD, new Random(2));
    private long now = 42;

    private static Optional<BfdAuthentication> key(Type type, int id, String key) {
        return Optional.of(new BfdAuthentication(type, id, new SecretValue(key)));
    }

    private static ByteBuffer packet(Authenticator by) {
        int flags = by.length() > 0 ? ControlPacket.AUTHENTICATION : 0;
        ByteBuffer out = ByteBuffer.allocate(ControlPacket.MAX_LENGTH);
        ControlPacket.putHead(out, BfdState.UP, 0, flags, 3, ControlPacket.LENGTH + by.length());
        out.putInt(7).putInt(8).putInt(50_000).putInt(50_000).putInt(0);
        by.sign(out);
        return out.flip();
    }

    private static boolean passes(Authenticator from, Authenticator to) {
        ControlPacket packet = new ControlPacket().on(packet(from));
        return packet.malformed() == null && to.accept(packet);
    }

    private void bothWays() {
        assertThat(passes(them, us)).as("what they sign").isTrue();
        assertThat(passes(us, them)).as("what we sign").isTrue();
    }

    private void pass(long nanos) {
        now += nanos;
        us.age(now, DETECTION);
        them.age(now, DETECTION);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(OLD, NEW),
                Arguments.of(OLD, key(Type.METICULOUS_KEYED_SHA1, 1, "the same id")),
                Arguments.of(key(Type.KEYED_MD5, 1, "a"), key(Type.METICULOUS_KEYED_MD5, 1, "a")),
                Arguments.of(key(Type.SIMPLE_PASSWORD, 1, "a"), key(Type.KEYED_SHA1, 1, "a")),
                Arguments.of(Optional.empty(), NEW),
                Arguments.of(OLD, Optional.empty()));
    }

    /** The peer knows one key at a time, as most routers do. */
    @ParameterizedTest
    @MethodSource("changes")
    void thePeerMayFollowAtAnyTimeAndNoPacketIsRefused(
            Optional<BfdAuthentication> before, Optional<BfdAuthentication> after) {
        Keyring node = new Keyring(before, new Random(1));
        Keyring router = new Keyring(before, new Random(2));
        for (int i = 0; i < 5; i++) {
            assertThat(passes(node, router) && passes(router, node)).isTrue();
        }
        node.change(after, true, now);
        assertThat(node.changing()).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(passes(node, router) && passes(router, node))
                    .as("still with the old one")
                    .isTrue();
        }
        router.change(after, false, now);
        for (int i = 0; i < 5; i++) {
            assertThat(passes(router, node) && passes(node, router))
                    .as("with the new one")
                    .isTrue();
        }
        assertThat(node.changing()).isFalse();
    }

    @Test
    void whatWasOnItsWayIsTakenForADetectionTimeAndNotLonger() {
        bothWays();
        us.change(NEW, true, now);
        ByteBuffer first = packet(them);
        ByteBuffer second = packet(them);
        them.change(NEW, false, now);
        bothWays();
        assertThat(us.accept(new ControlPacket().on(first))).as("just after").isTrue();
        pass(SECOND);
        pass(DETECTION);
        assertThat(us.accept(new ControlPacket().on(second))).as("long after").isFalse();
        bothWays();
    }

    @Test
    void twoThatWaitForEachOtherGoOverWhenPatienceEnds() {
        us.change(NEW, true, now);
        pass(SECOND);
        them.change(NEW, true, now);
        for (int i = 0; i < 299; i++) {
            bothWays();
            assertThat(us.changing() && them.changing()).isTrue();
            pass(SECOND);
        }
        pass(SECOND);
        bothWays();
        bothWays();
        assertThat(us.changing() || them.changing()).isFalse();
    }

    @Test
    void aPeerThatDoesNotFollowIsLeftBehind() {
        us.change(NEW, true, now);
        pass(Keyring.PATIENCE_NANOS);
        assertThat(us.changing()).isFalse();
        assertThat(passes(us, them)).isFalse();
        pass(DETECTION);
        pass(SECOND);
        assertThat(passes(them, us)).isFalse();
    }

    @Test
    void aSessionThatIsNotUpChangesAtOnce() {
        us.change(NEW, false, now);
        assertThat(us.changing()).isFalse();
        assertThat(passes(them, us)).isFalse();
        assertThat(passes(new Keyring(NEW, new Random(4)), us)).isTrue();
    }

    @Test
    void aChangeThatIsTakenBackIsNone() {
        us.change(NEW, true, now);
        us.change(OLD, true, now);
        assertThat(us.changing()).isFalse();
        assertThat(passes(new Keyring(NEW, new Random(4)), us)).isFalse();
        bothWays();
    }

    @Test
    void thePeerCannotTurnTheChangeBack() {
        us.change(Optional.empty(), true, now);
        them.change(Optional.empty(), false, now);
        bothWays();
        Keyring old = new Keyring(OLD, new Random(5));
        assertThat(passes(old, us)).isTrue();
        assertThat(us.length()).as("we sign with the new one all the same").isZero();
    }

    @Test
    void aKeyThatIsRefusedLeavesTheOneBefore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> us.change(key(Type.KEYED_MD5, 1, "12345678901234567"), true, now));
        assertThat(us.wanted()).isEqualTo(OLD);
        assertThat(us.changing()).isFalse();
        bothWays();
    }

    @Test
    void aSuccessorCountsOn() {
        bothWays();
        Keyring successor = new Keyring(OLD, new Random(77));
        successor.goOnFrom(us.lastSequence());
        assertThat(passes(successor, them)).isTrue();
        assertThat(passes(them, successor)).isTrue();
    }
}
