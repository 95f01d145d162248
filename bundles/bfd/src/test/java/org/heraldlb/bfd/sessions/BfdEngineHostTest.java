package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.bfd.sessions.EngineLab.HERE;
import static org.heraldlb.bfd.sessions.EngineLab.THERE;

import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hosts, peers and clients do to an engine. */
@Timeout(300)
final class BfdEngineHostTest {

    private final EngineLab lab = new EngineLab();
    private final TestRequest mine = TestRequest.to(THERE);
    private final TestRequest theirs = TestRequest.to(HERE);
    private BfdEngine here;
    private BfdEngine there;

    @BeforeEach
    void start() {
        here = lab.engine(HERE, 1);
        there = lab.engine(THERE, 2);
    }

    @AfterEach
    void close() throws InterruptedException {
        lab.close();
        assertThat(lab.network.isQuiet()).as("every socket is closed").isTrue();
    }

    @Test
    void aPortInUseIsOneProblemForAllSessionsAndIsTriedAgain() throws Exception {
        lab.network.portsTaken = true;
        here.add(mine);
        here.add(TestRequest.to(IpAddress.parse("192.0.2.3")));
        var shown = EngineLab.await(
                here, s -> s.sessions().size() == 2 && !EngineLab.troubles(s).isEmpty());
        assertThat(EngineLab.troubles(shown))
                .filteredOn(p -> p.code().equals("bfdListener"))
                .hasSize(1);
        lab.network.portsTaken = false;
        there.add(theirs);
        mine.await(BfdState.UP);
        EngineLab.await(here, s -> EngineLab.troubles(s).isEmpty());
    }

    @Test
    void aBrokenListenerIsOpenedAgain() throws Exception {
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
        lab.network.broken = true;
        EngineLab.await(
                here, s -> EngineLab.troubles(s).stream().anyMatch(p -> p.text().contains("broken for good")));
        lab.network.broken = false;
        EngineLab.await(here, s -> EngineLab.troubles(s).isEmpty());
        long received = here.view().current().sessions().get(0).packets().received();
        EngineLab.await(
                here,
                s -> s.sessions().get(0).packets().received() > received
                        && s.sessions().get(0).state().state() == BfdState.UP);
    }

    @Test
    void noRouteIsShownWhileItLastsAndCounted() throws Exception {
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
        lab.network.unreachable = true;
        var shown = EngineLab.await(here, s -> !EngineLab.troubles(s).isEmpty());
        assertThat(EngineLab.troubles(shown)).extracting(Problem::text).containsExactly("no route");
        lab.network.unreachable = false;
        var healed = EngineLab.await(here, s -> EngineLab.troubles(s).isEmpty());
        assertThat(healed.sessions().get(0).packets().unsent()).isPositive();
    }

    @Test
    void aSessionWaitsForItsInterfaceAndFollowsItToAnotherIndex() throws Exception {
        TestRequest linked = TestRequest.over("eth0", THERE);
        here.add(linked);
        EngineLab.await(
                here, s -> EngineLab.troubles(s).stream().anyMatch(p -> p.text().contains("no interface eth0")));
        there.add(theirs);
        lab.links.have("eth0", FakeUdpNetwork.LINK);
        linked.await(BfdState.UP);
        // Until the peer's fast interval is heard, the detection time is that of its slow start: 25 s.
        EngineLab.await(
                here,
                s -> s.sessions().get(0).timing().remote().desiredMinTxMicros()
                        == TestRequest.FAST.desiredMinTxMicros());
        lab.links.have("eth0", FakeUdpNetwork.LINK + 1);
        linked.await(BfdState.DOWN);
        lab.links.haveNone();
        EngineLab.await(
                here, s -> EngineLab.troubles(s).stream().anyMatch(p -> p.text().contains("no interface eth0")));
        lab.links.have("eth0", FakeUdpNetwork.LINK);
        linked.await(BfdState.UP);
    }

    @Test
    void aRequestThatChangesItsMindAltogetherGetsAnotherSession() throws Exception {
        mine.key = new BfdSessionKey(IpAddress.parse("192.0.2.9"), Optional.empty(), Optional.empty(), false);
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.DOWN);
        mine.key = TestRequest.to(THERE).key;
        here.changed(mine);
        mine.await(BfdState.UP);
        EngineLab.await(here, s -> s.sessions().size() == 1);
    }

    @Test
    void newTimingIsAgreedInPlace() throws Exception {
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
        mine.timing = TestRequest.SLOW;
        here.changed(mine);
        var shown = EngineLab.await(
                there,
                s -> s.sessions().size() == 1
                        && s.sessions().get(0).timing().remote().desiredMinTxMicros() >= 90_000);
        assertThat(shown.sessions().get(0).packets().downs()).isZero();
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithTheValueAndChangesNothing() throws Exception {
        here.add(mine);
        mine.await(BfdState.DOWN);
        mine.timing = new BfdSessionTiming(5_000, 20_000, 3, 0, false, 254);
        here.changed(mine);
        var shown = EngineLab.await(here, s -> !EngineLab.troubles(s).isEmpty());
        assertThat(EngineLab.troubles(shown).get(0).text()).contains("desiredMinTxMicros", "5000", "before stays");
        here.add(TestRequest.to(IpAddress.parse("fe80::1")));
        here.add(TestRequest.to(IpAddress.parse("224.0.0.1")));
        EngineLab.await(
                here, s -> EngineLab.troubles(s).size() == 3 && s.sessions().size() == 1);
    }

    @Test
    void aKeyThatIsTooLongIsRefusedWithoutBeingShown() throws Exception {
        String key = "0123456789abcdefghijklmnop";
        mine.authentication =
                Optional.of(new BfdAuthentication(BfdAuthentication.Type.KEYED_MD5, 1, new SecretValue(key)));
        here.add(mine);
        var shown = EngineLab.await(here, s -> !EngineLab.troubles(s).isEmpty());
        assertThat(EngineLab.troubles(shown).toString())
                .contains("1 to 16 octets")
                .doesNotContain(key);
        assertThat(shown.sessions()).isEmpty();
    }

    @Test
    void clientsLearnThatNobodyRunsTheirSessionsAnyMore() throws Exception {
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
        theirs.await(BfdState.UP);
        here.close();
        mine.await(BfdState.UNAVAILABLE);
        assertThat(theirs.await(BfdState.DOWN).remoteAdminDown()).isTrue();
        lab.engine(HERE, 3).add(mine);
        theirs.await(BfdState.UP);
    }

    @Test
    void aClientThatThrowsHarmsNobody() throws Exception {
        TestRequest rude = new TestRequest(mine.key);
        here.add(new org.heraldlb.api.bfd.BfdSessionRequest() {
            @Override
            public BfdSessionKey key() {
                return rude.key();
            }

            @Override
            public BfdSessionTiming timing() {
                return rude.timing();
            }

            @Override
            public String client() {
                return "rude";
            }

            @Override
            public void stateChanged(org.heraldlb.api.bfd.BfdSessionState state) {
                throw new IllegalStateException("rude");
            }
        });
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
    }

    @Test
    void aSessionThatIsOverLeavesNothingBehind() throws Exception {
        here.add(mine);
        mine.await(BfdState.DOWN);
        here.remove(mine);
        here.add(mine);
        mine.await(BfdState.DOWN);
        here.remove(mine);
        var shown = EngineLab.await(here, s -> s.sessions().isEmpty() && s.lag().count() > 0);
        assertThat(shown.discards()).isEqualTo(Map.of());
    }
}
