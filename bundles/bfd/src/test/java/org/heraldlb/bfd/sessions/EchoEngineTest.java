package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.bfd.sessions.EngineLab.HERE;
import static org.heraldlb.bfd.sessions.EngineLab.THERE;

import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.bfd.fsm.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Echo, unaffiliated echo, VRFs and hop modes on the fake network. */
@Timeout(180)
final class EchoEngineTest {

    private static final BfdSessionTiming ECHO = new BfdSessionTiming(30_000, 30_000, 25, 30_000, false, 254);

    private final EngineLab lab = new EngineLab();
    private final TestRequest mine = TestRequest.to(THERE);
    private final TestRequest theirs = TestRequest.to(HERE);

    @BeforeEach
    void haveALink() {
        lab.links.have("eth0", FakeUdpNetwork.LINK);
    }

    @AfterEach
    void nothingStaysOpen() throws Exception {
        lab.close();
        assertThat(lab.network.isQuiet()).isTrue();
    }

    private static boolean has(BfdSnapshot snapshot, String code) {
        return snapshot.problems().stream().map(Problem::code).anyMatch(code::equals);
    }

    @Test
    void echoesTakeOverAndTheirFailureTakesTheSessionDown() throws Exception {
        mine.timing = ECHO;
        theirs.timing = ECHO;
        BfdEngine here = lab.engine(HERE, 1);
        here.add(mine);
        lab.engine(THERE, 2).add(theirs);
        mine.await(BfdState.UP);
        BfdSnapshot shown = EngineLab.await(here, s -> s.sessions().stream()
                .anyMatch(each -> each.echo().orElseThrow().active()));
        assertThat(shown.sessions().get(0).timing().local().requiredMinRxMicros())
                .isEqualTo(1_000_000);
        lab.network.forwarding = false;
        assertThat(mine.await(BfdState.DOWN).diagnostic())
                .isIn(Diagnostic.ECHO_FAILED, Diagnostic.NEIGHBOR_SIGNALED_DOWN);
    }

    @Test
    void withoutPacketSocketsThereIsAProblemAndAnOrdinarySession() throws Exception {
        lab.network.echoSockets = false;
        mine.timing = ECHO;
        theirs.timing = ECHO;
        BfdEngine here = lab.engine(HERE, 1);
        here.add(mine);
        lab.engine(THERE, 2).add(theirs);
        mine.await(BfdState.UP);
        EngineLab.await(here, s -> has(s, "bfdEcho"));
    }

    @Test
    void anUnaffiliatedSessionNeedsNobodyAtTheOtherEnd() throws Exception {
        mine.key = new BfdSessionKey(THERE, Optional.of(HERE), Optional.of("eth0"), false, Optional.empty(), true);
        lab.engine(HERE, 1).add(mine);
        mine.await(BfdState.UP);
        lab.network.cut = true;
        assertThat(mine.await(BfdState.DOWN).diagnostic()).isEqualTo(Diagnostic.ECHO_FAILED);
        lab.network.cut = false;
        mine.await(BfdState.UP);
    }

    @Test
    void anUnaffiliatedSessionWithoutItsInterfaceIsRefused() throws Exception {
        mine.key = new BfdSessionKey(THERE, Optional.of(HERE), Optional.empty(), false, Optional.empty(), true);
        BfdEngine here = lab.engine(HERE, 1);
        here.add(mine);
        EngineLab.await(here, s -> has(s, "bfdSession"));
    }

    @Test
    void aPeerWithTheOtherHopModeIsNamed() throws Exception {
        theirs.key = new BfdSessionKey(HERE, Optional.empty(), Optional.empty(), true);
        BfdEngine here = lab.engine(HERE, 1);
        here.add(mine);
        lab.engine(THERE, 2).add(theirs);
        BfdSnapshot shown = EngineLab.await(here, s -> has(s, "bfdHopMode"));
        assertThat(shown.discards()).containsKey("HOP_MODE");
        mine.key = new BfdSessionKey(THERE, Optional.empty(), Optional.empty(), true);
        here.changed(mine);
        mine.await(BfdState.UP);
        assertThat(EngineLab.await(here, s -> !has(s, "bfdHopMode")).sessions()).hasSize(1);
    }

    @Test
    void aSuccessorGoesOnWithTheSessionAndThePeerNoticesNothing() throws Exception {
        BfdEngine before = lab.engine(HERE, 1);
        BfdEngine there = lab.engine(THERE, 2);
        before.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
        theirs.await(BfdState.UP);
        before.handOver();
        assertThat(mine.await(BfdState.UNAVAILABLE)).isNotNull();
        TestRequest again = TestRequest.to(THERE);
        BfdEngine after = lab.engine(HERE, 3);
        after.add(again);
        again.await(BfdState.UP);
        BfdSnapshot shown = EngineLab.await(after, s -> s.sessions().stream()
                .anyMatch(each -> each.packets().received() > 3));
        assertThat(shown.sessions().get(0).transitions()).hasSize(1);
        assertThat(EngineLab.await(there, s -> !s.sessions().isEmpty())
                        .sessions()
                        .get(0)
                        .packets()
                        .ups())
                .isEqualTo(1);
    }

    @Test
    void withoutASuccessorThePeerHearsAdminDown() throws Exception {
        BfdEngine before = lab.engine(HERE, 1);
        before.add(mine);
        lab.engine(THERE, 2).add(theirs);
        mine.await(BfdState.UP);
        theirs.await(BfdState.UP);
        before.handOver();
        mine.await(BfdState.UNAVAILABLE);
        for (UdpWill will : lab.network.wills.values()) {
            will.socket().send(will.last(), will.to(), will.scope(), will.port());
            will.socket().close();
        }
        assertThat(theirs.await(BfdState.DOWN).remoteAdminDown()).isTrue();
    }

    @Test
    void aSessionInAVrfHearsItsOwnListenerOnly() throws Exception {
        mine.key = new BfdSessionKey(THERE, Optional.empty(), Optional.empty(), false, Optional.of("blue"), false);
        BfdEngine here = lab.engine(HERE, 1);
        here.add(mine);
        lab.engine(THERE, 2).add(theirs);
        EngineLab.await(here, s -> !s.sessions().isEmpty());
        assertThat(lab.network.devices(HERE, Ports.SINGLE_HOP))
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of("blue"));
    }
}
