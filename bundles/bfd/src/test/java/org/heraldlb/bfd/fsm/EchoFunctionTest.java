package org.heraldlb.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.bfd.packet.EchoPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5880 sections 6.4, 6.8.3, 6.8.5 and 6.8.9. */
final class EchoFunctionTest implements SessionEffects {

    private static final long MS = 1_000_000;
    private static final BfdSessionTiming TIMING = new BfdSessionTiming(300_000, 300_000, 3, 50_000, false, 254);
    private static final int US = 0x0a0b0c0d;

    private final Deque<ByteBuffer> echoes = new ArrayDeque<>();
    private long now = Long.MAX_VALUE - 700 * MS;
    private final BfdSession session = new BfdSession(US, TIMING, new Random(1), this, now);

    @Override
    public void send(BfdSession from, int flag) {}

    @Override
    public void stateChanged(BfdSession of, BfdState from, BfdState to) {}

    @Override
    public void sendEcho(BfdSession of) {
        ByteBuffer out = ByteBuffer.allocate(64);
        of.echo().write(out, US, now);
        echoes.add(out.flip());
    }

    private void hear(BfdState state, int flags, int echoMicros) {
        ByteBuffer out = ByteBuffer.allocate(24);
        ControlPacket.putHead(out, state, 0, flags, 3, 24);
        out.putInt(0x01020304).putInt(US).putInt(300_000).putInt(300_000).putInt(echoMicros);
        session.receive(new ControlPacket().on(out.flip()), now);
    }

    private void up(int remoteEchoMicros) {
        session.offerEcho(true, true, now);
        hear(BfdState.INIT, 0, remoteEchoMicros);
        hear(BfdState.UP, ControlPacket.FINAL, remoteEchoMicros);
        assertThat(session.state()).isEqualTo(BfdState.UP);
    }

    /** Does what is due, as the engine does; control packets of the peer arrive all the time. */
    private void runFor(long nanos, boolean echoesComeBack) {
        long end = now + nanos;
        while (end - now > 0) {
            now = session.nextNanos() - now > 0 && session.nextNanos() - end < 0 ? session.nextNanos() : now + MS;
            if (session.state() == BfdState.UP) {
                hear(BfdState.UP, session.polling() ? ControlPacket.FINAL : 0, 50_000);
            }
            session.expireIfDue(now);
            session.echoIfDue(now);
            session.transmitIfDue(now);
            if (echoesComeBack) {
                echoes.forEach(
                        each -> assertThat(session.echoReturned(each, now)).isTrue());
                echoes.clear();
            }
        }
    }

    private int advertisedRx() {
        return (int) session.agreed().localSide().requiredMinRxMicros();
    }

    @Test
    void echoesThatComeBackTakeOverAndControlPacketsSlowDown() {
        up(50_000);
        assertThat(session.echo().running()).isTrue();
        assertThat(session.echo().active()).isFalse();
        assertThat(advertisedRx()).isEqualTo(300_000);
        runFor(400 * MS, true);
        assertThat(session.echo().active()).isTrue();
        assertThat(advertisedRx()).isEqualTo(1_000_000);
        assertThat(session.agreed().detectionTimeNanos()).isEqualTo(3000 * MS);
    }

    @Test
    void silenceOfADetectionTimeIsAFailureWithDiagnosticTwo() {
        up(50_000);
        runFor(500 * MS, true);
        long silent = now;
        runFor(150 * MS, false);
        assertThat(session.state()).isEqualTo(BfdState.DOWN);
        assertThat(session.diagnostic()).isEqualTo(Diagnostic.ECHO_FAILED);
        assertThat(now - silent).isLessThanOrEqualTo(200 * MS);
        assertThat(session.echo().running()).isFalse();
        assertThat(advertisedRx()).isEqualTo(300_000);
    }

    @Test
    void aPeerThatNeverSendsOneBackCostsNothingAndIsAskedMoreSeldom() {
        up(50_000);
        runFor(20_000 * MS, false);
        assertThat(session.state()).isEqualTo(BfdState.UP);
        assertThat(session.echo().active()).isFalse();
        assertThat(session.echo().sent()).isBetween(20L, 45L);
        assertThat(advertisedRx()).isEqualTo(300_000);
    }

    /** Our own pause sends no echoes: their absence says nothing about the path. */
    @Test
    void aPauseOfOursIsNoFailure() {
        up(50_000);
        runFor(500 * MS, true);
        now += 2_000 * MS;
        hear(BfdState.UP, 0, 50_000);
        session.expireIfDue(now);
        session.echoIfDue(now);
        assertThat(session.state()).isEqualTo(BfdState.UP);
        runFor(1_000 * MS, true);
        assertThat(session.state()).isEqualTo(BfdState.UP);
    }

    /** What was under way when we paused may be lost; the next one still gets its chance. */
    @Test
    void anEchoThatIsLostInAPauseOfOursIsNoFailure() {
        up(50_000);
        runFor(500 * MS, true);
        runFor(50 * MS, false);
        echoes.clear();
        now += 2_000 * MS;
        hear(BfdState.UP, 0, 50_000);
        for (int i = 0; i < 3; i++) {
            session.expireIfDue(now);
            session.echoIfDue(now);
            session.transmitIfDue(now);
        }
        assertThat(session.state()).isEqualTo(BfdState.UP);
        assertThat(session.nextNanos() - now).isPositive();
        assertThat(session.echoReturned(echoes.removeLast(), now)).isTrue();
        echoes.clear();
        runFor(1_000 * MS, true);
        assertThat(session.state()).isEqualTo(BfdState.UP);
    }

    @Test
    void neverSendsFasterThanThePeerAllowsAndStopsWhenItForbidsIt() {
        up(200_000);
        assertThat(session.echo().intervalMicros()).isEqualTo(200_000);
        hear(BfdState.UP, 0, 0);
        assertThat(session.echo().running()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsThePeerThatItsEchoesComeBackOnlyWhereTheyDo(boolean forwards) {
        session.offerEcho(true, forwards, now);
        ByteBuffer out = ByteBuffer.allocate(24);
        session.write(out, 0, 24);
        assertThat(out.getInt(20)).isEqualTo(forwards ? 50_000 : 0);
    }

    @Test
    void takesNoEchoTwiceAndNoneOfSomebodyElse() {
        up(50_000);
        session.echoIfDue(now);
        ByteBuffer echo = echoes.remove();
        ByteBuffer forged =
                ByteBuffer.allocate(EchoPacket.LENGTH).put(echo.duplicate()).flip();
        forged.put(20, (byte) ~forged.get(20));
        assertThat(session.echoReturned(forged, now)).isFalse();
        assertThat(session.echoReturned(echo, now)).isTrue();
        assertThat(session.echoReturned(echo, now)).isFalse();
        assertThat(session.echo().returned()).isEqualTo(1);
    }
}
