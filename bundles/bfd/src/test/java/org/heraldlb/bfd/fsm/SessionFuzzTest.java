package org.heraldlb.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;

/**
 * The fuzzer writes a session's life: packets, time, new timing, echoes, orders. After every event the session is in a
 * state of RFC 5880, sends no faster than the peer allows, and wants nothing done in the past: an engine that serves it
 * never spins. Without a fuzzer the seeds run; with JAZZER_FUZZ=1 the fuzzer goes on from them.
 */
final class SessionFuzzTest implements SessionEffects {

    private static final long MS = 1_000_000;
    private static final int US = 0x0a0b0c0d;

    private final Deque<ByteBuffer> echoes = new ArrayDeque<>();
    private BfdState last;
    private long now;
    private BfdSession session;

    @Override
    public void send(BfdSession from, int flag) {
        ByteBuffer out = ByteBuffer.allocate(ControlPacket.LENGTH);
        from.write(out, flag, ControlPacket.LENGTH);
        assertThat(out.remaining()).isZero();
        assertThat(flag).isIn(0, ControlPacket.POLL, ControlPacket.FINAL);
    }

    @Override
    public void stateChanged(BfdSession of, BfdState from, BfdState to) {
        assertThat(from).isEqualTo(last).isNotEqualTo(to);
        assertThat(to).isNotEqualTo(BfdState.UNAVAILABLE);
        last = to;
    }

    @Override
    public void sendEcho(BfdSession of) {
        ByteBuffer out = ByteBuffer.allocate(64);
        of.echo().write(out, US, now);
        echoes.addLast(out.flip());
        if (echoes.size() > 8) {
            echoes.removeFirst();
        }
    }

    @FuzzTest(maxDuration = "45s")
    void anyLifeIsLived(byte[] bytes) {
        now = Long.MAX_VALUE - 1_000 * MS;
        last = BfdState.DOWN;
        echoes.clear();
        session = new BfdSession(US, new BfdSessionTiming(50_000, 50_000, 3, 0, false, 254), new Random(1), this, now);
        ByteBuffer life = ByteBuffer.wrap(bytes);
        while (life.hasRemaining()) {
            live(life);
            serve();
        }
    }

    private static int next(ByteBuffer life) {
        return life.hasRemaining() ? life.get() & 0xff : 0;
    }

    private void live(ByteBuffer life) {
        switch (next(life) % 10) {
            case 0 -> hear(life);
            case 1 -> now += next(life) * 7L * MS;
            case 2 ->
                session.retime(
                        new BfdSessionTiming(
                                10_000 * (1 + next(life)),
                                10_000 * (1 + next(life)),
                                1 + next(life) % 255,
                                0,
                                false,
                                254),
                        now);
            case 3 ->
                session.retime(
                        new BfdSessionTiming(50_000, 50_000, 3, 10_000 * (1 + next(life)), next(life) > 127, 254), now);
            case 4 -> session.offerEcho(next(life) % 2 == 1, next(life) % 2 == 1, now);
            case 5 -> {
                if (!echoes.isEmpty()) {
                    session.echoReturned(echoes.removeFirst(), now);
                }
            }
            case 6 -> session.adminDown(now);
            case 7 -> session.adminUp(now);
            case 8 -> {
                session.resume(
                        Remote.read(ByteBuffer.allocate(24)
                                .putInt(9)
                                .putLong(1)
                                .putLong(1)
                                .putInt(3)
                                .flip()),
                        now);
                last = BfdState.UP;
            }
            default -> session.beSlow(500_000, 20, now);
        }
    }

    private void hear(ByteBuffer life) {
        ByteBuffer out = ByteBuffer.allocate(ControlPacket.LENGTH);
        int flags = next(life);
        out.put((byte) 0x20).put((byte) flags).put((byte) next(life)).put((byte) ControlPacket.LENGTH);
        out.putInt(next(life)).putInt(US);
        out.putInt(10_000 * next(life)).putInt(10_000 * next(life)).putInt(10_000 * next(life));
        ControlPacket packet = new ControlPacket().on(out.flip());
        if (packet.malformed() == null) {
            session.receive(packet, now);
        }
    }

    private void serve() {
        session.expireIfDue(now);
        session.echoIfDue(now);
        session.transmitIfDue(now);
        assertThat(session.nextNanos() - now).as("the next thing to do").isPositive();
        assertThat(session.state()).isEqualTo(last);
        assertThat(session.agreed().transmitIntervalNanos()).isBetween(10 * MS, 5_000_000 * MS);
        if (session.echo().running()) {
            assertThat(session.state()).isEqualTo(BfdState.UP);
        }
    }
}
