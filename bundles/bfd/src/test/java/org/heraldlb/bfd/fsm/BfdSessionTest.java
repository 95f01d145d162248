package org.heraldlb.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.bfd.packet.Discard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BfdSessionTest implements SessionEffects {

    private static final long MS = 1_000_000;
    private static final BfdSessionTiming TIMING = new BfdSessionTiming(50_000, 50_000, 3, 0, false, 254);
    private static final BfdSessionTiming PASSIVE = new BfdSessionTiming(50_000, 50_000, 3, 0, true, 254);
    private static final int US = 0x0a0b0c0d;
    private static final int THEM = 0x01020304;

    private final List<String> sent = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private long now = Long.MAX_VALUE - 50 * MS;
    private BfdSession session = new BfdSession(US, TIMING, new Random(1), this, now);

    @Override
    public void send(BfdSession from, int flag) {
        ByteBuffer out = ByteBuffer.allocate(64);
        from.write(out, flag, ControlPacket.LENGTH);
        ControlPacket packet = new ControlPacket().on(out.flip());
        assertThat(packet.malformed()).isNull();
        sent.add(packet.state() + (flag == ControlPacket.POLL ? "+P" : flag == ControlPacket.FINAL ? "+F" : ""));
    }

    @Override
    public void stateChanged(BfdSession of, BfdState from, BfdState to) {
        changes.add(from + ">" + to + " " + of.diagnostic());
    }

    private Discard hear(BfdState state, int flags) {
        return hear(state, flags, US, 50_000, 50_000, 3);
    }

    private Discard hear(BfdState state, int flags, int your, int tx, int rx, int multiplier) {
        ByteBuffer out = ByteBuffer.allocate(24);
        ControlPacket.putHead(out, state, 0, flags, multiplier, 24);
        out.putInt(THEM).putInt(your).putInt(tx).putInt(rx).putInt(0);
        return session.receive(new ControlPacket().on(out.flip()), now);
    }

    private void bring(BfdState state) {
        switch (state) {
            case ADMIN_DOWN -> session.adminDown(now);
            case INIT -> hear(BfdState.DOWN, 0);
            case UP -> hear(BfdState.INIT, 0);
            case DOWN, UNAVAILABLE -> {}
        }
        assertThat(session.state()).isEqualTo(state);
        changes.clear();
        sent.clear();
    }

    /** RFC 5880 section 6.8.6, every pair of states. */
    @ParameterizedTest(name = "{0} hears {1}: {2} with diagnostic {3}")
    @CsvSource({
        "DOWN, ADMIN_DOWN, DOWN, 0",
        "DOWN, DOWN, INIT, 0",
        "DOWN, INIT, UP, 0",
        "DOWN, UP, DOWN, 0",
        "INIT, ADMIN_DOWN, DOWN, 3",
        "INIT, DOWN, INIT, 0",
        "INIT, INIT, UP, 0",
        "INIT, UP, UP, 0",
        "UP, ADMIN_DOWN, DOWN, 3",
        "UP, DOWN, DOWN, 3",
        "UP, INIT, UP, 0",
        "UP, UP, UP, 0",
    })
    void followsTheStateMachine(BfdState from, BfdState heard, BfdState to, int diagnostic) {
        bring(from);
        assertThat(hear(heard, 0)).isNull();
        assertThat(session.state()).isEqualTo(to);
        assertThat(session.diagnostic()).isEqualTo(diagnostic);
        assertThat(changes).hasSize(from == to ? 0 : 1);
        assertThat(sent).hasSize(from == to ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"ADMIN_DOWN", "DOWN", "INIT", "UP"})
    void discardsEverythingWhileAdministrativelyDown(BfdState heard) {
        bring(BfdState.ADMIN_DOWN);
        assertThat(hear(heard, 0)).isEqualTo(Discard.ADMIN_DOWN);
        assertThat(changes).isEmpty();
    }

    @Test
    void advertisesASecondUntilItIsUpThenPollsForTheRealInterval() {
        assertThat(session.agreed().transmitIntervalNanos()).isEqualTo(1000 * MS);
        hear(BfdState.INIT, 0);
        assertThat(sent).containsExactly("UP+P");
        assertThat(session.agreed().transmitIntervalNanos()).isEqualTo(50 * MS);
        hear(BfdState.UP, ControlPacket.FINAL);
        assertThat(session.polling()).isFalse();
    }

    @Test
    void answersAPollAtOnceWithoutMovingItsOwnPhase() {
        bring(BfdState.UP);
        hear(BfdState.UP, ControlPacket.FINAL);
        long due = session.nextTransmitNanos();
        hear(BfdState.UP, ControlPacket.POLL);
        assertThat(sent).containsExactly("UP+F");
        assertThat(session.nextTransmitNanos()).isEqualTo(due);
    }

    @Test
    void jitterTakesUpToAQuarterOffAndLeavesATenthWithMultiplierOne() {
        bring(BfdState.UP);
        assertJitter(75, 100);
        session.retime(new BfdSessionTiming(50_000, 50_000, 1, 0, false, 254), now);
        assertJitter(75, 90);
    }

    private void assertJitter(int least, int most) {
        for (int i = 0; i < 2000; i++) {
            now = session.nextTransmitNanos();
            session.transmitIfDue(now);
            long gap = session.nextTransmitNanos() - now;
            assertThat(gap).isBetween(50 * MS * least / 100, 50 * MS * most / 100);
        }
    }

    @Test
    void detectionTimeIsTheRemotesMultiplierTimesTheSlowerInterval() {
        bring(BfdState.UP);
        hear(BfdState.UP, ControlPacket.FINAL, US, 80_000, 50_000, 5);
        assertThat(session.agreed().detectionTimeNanos()).isEqualTo(5 * 80 * MS);
        hear(BfdState.UP, 0, US, 20_000, 50_000, 5);
        assertThat(session.agreed().detectionTimeNanos()).isEqualTo(5 * 50 * MS);
    }

    @Test
    void goesDownWhenTheDetectionTimeIsOverAndNotBefore() {
        bring(BfdState.UP);
        now += 150 * MS - 1;
        session.expireIfDue(now);
        assertThat(session.state()).isEqualTo(BfdState.UP);
        now += 1;
        session.expireIfDue(now);
        assertThat(changes).containsExactly("UP>DOWN 1");
        assertThat(session.remoteDiscriminator()).isEqualTo(THEM);
        now += 150 * MS;
        session.expireIfDue(now);
        assertThat(session.remoteDiscriminator()).isZero();
        assertThat(changes).hasSize(1);
    }

    @Test
    void aPacketReadLateStillCountsFromWhenItWasRead() {
        bring(BfdState.UP);
        now += 400 * MS;
        hear(BfdState.UP, 0);
        session.expireIfDue(now);
        assertThat(session.state()).isEqualTo(BfdState.UP);
    }

    @Test
    void aLongerTransmitIntervalWaitsForTheFinal() {
        bring(BfdState.UP);
        hear(BfdState.UP, ControlPacket.FINAL);
        session.retime(new BfdSessionTiming(200_000, 50_000, 3, 0, false, 254), now);
        assertThat(session.polling()).isTrue();
        assertThat(session.agreed().transmitIntervalNanos()).isEqualTo(50 * MS);
        hear(BfdState.UP, ControlPacket.FINAL);
        assertThat(session.agreed().transmitIntervalNanos()).isEqualTo(200 * MS);
        assertThat(changes).isEmpty();
    }

    @Test
    void aShorterDetectionTimeWaitsForTheFinal() {
        bring(BfdState.UP);
        hear(BfdState.UP, ControlPacket.FINAL, US, 10_000, 50_000, 3);
        session.retime(new BfdSessionTiming(50_000, 20_000, 3, 0, false, 254), now);
        assertThat(session.agreed().detectionTimeNanos()).isEqualTo(150 * MS);
        hear(BfdState.UP, ControlPacket.FINAL, US, 10_000, 50_000, 3);
        assertThat(session.agreed().detectionTimeNanos()).isEqualTo(60 * MS);
    }

    @Test
    void aChangeDuringAPollIsPolledForAgain() {
        bring(BfdState.UP);
        session.retime(new BfdSessionTiming(200_000, 50_000, 3, 0, false, 254), now);
        hear(BfdState.UP, ControlPacket.FINAL);
        assertThat(session.polling()).isTrue();
        assertThat(session.agreed().transmitIntervalNanos()).isEqualTo(50 * MS);
        hear(BfdState.UP, ControlPacket.FINAL);
        assertThat(session.polling()).isFalse();
        assertThat(session.agreed().transmitIntervalNanos()).isEqualTo(200 * MS);
    }

    @Test
    void honoursAFasterPeerAtOnce() {
        bring(BfdState.UP);
        hear(BfdState.UP, ControlPacket.FINAL, US, 50_000, 500_000, 3);
        now = session.nextTransmitNanos();
        session.transmitIfDue(now);
        assertThat(session.nextTransmitNanos() - now).isGreaterThan(300 * MS);
        hear(BfdState.UP, 0, US, 50_000, 50_000, 3);
        assertThat(session.nextTransmitNanos() - now).isLessThanOrEqualTo(50 * MS);
    }

    @Test
    void sendsNothingToAPeerThatWantsNothing() {
        hear(BfdState.DOWN, 0, US, 50_000, 0, 3);
        sent.clear();
        for (int i = 0; i < 5; i++) {
            now = session.nextTransmitNanos();
            session.transmitIfDue(now);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void thePassiveRoleWaitsToBeSpokenTo() {
        session = new BfdSession(US, PASSIVE, new Random(1), this, now);
        now = session.nextTransmitNanos();
        session.transmitIfDue(now);
        assertThat(sent).isEmpty();
        hear(BfdState.DOWN, 0, 0, 50_000, 50_000, 3);
        assertThat(sent).containsExactly("INIT");
    }

    @Test
    void ceasesPeriodicPacketsForADemandingPeerExceptPolls() {
        bring(BfdState.UP);
        hear(BfdState.UP, ControlPacket.FINAL | ControlPacket.DEMAND);
        now = session.nextTransmitNanos();
        session.transmitIfDue(now);
        assertThat(sent).isEmpty();
        session.retime(new BfdSessionTiming(60_000, 50_000, 3, 0, false, 254), now);
        now = session.nextTransmitNanos();
        session.transmitIfDue(now);
        assertThat(sent).containsExactly("UP+P");
    }

    @Test
    void adminDownIsToldForADetectionTimeAndThenSilence() {
        bring(BfdState.UP);
        session.adminDown(now);
        assertThat(changes).containsExactly("UP>ADMIN_DOWN 7");
        long end = now + 20_000 * MS;
        while (end - session.nextTransmitNanos() > 0) {
            now = session.nextTransmitNanos();
            session.transmitIfDue(now);
        }
        assertThat(sent).isNotEmpty().hasSizeLessThan(6).containsOnly("ADMIN_DOWN");
        session.adminUp(now);
        assertThat(session.state()).isEqualTo(BfdState.DOWN);
    }

    @Test
    void aStrangerDoesNotTakeOverASessionThatIsUp() {
        bring(BfdState.UP);
        ByteBuffer out = ByteBuffer.allocate(24);
        ControlPacket.putHead(out, BfdState.DOWN, 0, 0, 3, 24);
        out.putInt(THEM + 1).putInt(0).putInt(50_000).putInt(50_000).putInt(0);
        assertThat(session.receive(new ControlPacket().on(out.flip()), now)).isEqualTo(Discard.TAKEOVER);
        assertThat(session.state()).isEqualTo(BfdState.UP);
    }
}
