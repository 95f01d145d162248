package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.bfd.auth.Keyring;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.LagGuard;
import org.heraldlb.bfd.fsm.SessionEffects;
import org.junit.jupiter.api.Test;

final class SmallPartsTest {

    @Test
    void noDiscriminatorIsUsedAgainBeforeAThousandOthers() {
        // A source that counts up to two thousand, starts again, and begins with the forbidden one.
        Random narrow = new Random() {
            private static final long serialVersionUID = 1;
            private int next;

            @Override
            public int nextInt() {
                return next++ % 2000;
            }
        };
        Discriminators discriminators = new Discriminators(narrow);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            int each = discriminators.next();
            assertThat(each).isNotZero();
            assertThat(seen.add(each)).isTrue();
            discriminators.retire(each);
        }
    }

    private static final UdpSpec LISTENER =
            new UdpSpec(IpFamily.IPV4, Optional.empty(), Ports.SINGLE_HOP, 255, 0, Optional.empty());
    private static final UdpSpec LISTENER6 =
            new UdpSpec(IpFamily.IPV6, Optional.empty(), Ports.SINGLE_HOP, 255, 0, Optional.empty());

    private static LiveSession session(int slot, Optional<IpAddress> local, Optional<String> link) {
        SessionEffects none = new SessionEffects() {
            @Override
            public void send(BfdSession session, int flag) {}

            @Override
            public void stateChanged(BfdSession session, BfdState from, BfdState to) {}
        };
        BfdSession machine = new BfdSession(slot + 1, TestRequest.FAST, new Random(1), none, 0);
        TestRequest request = new TestRequest(new BfdSessionKey(EngineLab.THERE, local, link, false));
        return new LiveSession(slot, request, new Keyring(Optional.empty(), new Random(1)), machine, new LagGuard(0));
    }

    @Test
    void theMostPreciseOfSeveralSessionsWithOnePeerIsMeant() {
        SessionTable table = new SessionTable();
        LiveSession any = session(0, Optional.empty(), Optional.empty());
        LiveSession local = session(1, Optional.of(EngineLab.HERE), Optional.empty());
        LiveSession link = session(2, Optional.empty(), Optional.of("eth0"));
        link.scope = 7;
        for (LiveSession each : List.of(any, local, link)) {
            table.add(each);
        }
        UdpArrival arrival = new UdpArrival();
        arrival.sourceLow = EngineLab.THERE.low();
        assertThat(table.bySource(arrival, LISTENER, false)).isSameAs(any);
        arrival.destinationLow = EngineLab.HERE.low();
        assertThat(table.bySource(arrival, LISTENER, false)).isSameAs(local);
        arrival.linkIndex = 7;
        assertThat(table.bySource(arrival, LISTENER, false)).isSameAs(link);
        assertThat(table.bySource(arrival, LISTENER, true)).isNull();
        assertThat(table.bySource(arrival, LISTENER6, false)).isNull();
        table.remove(link);
        assertThat(table.bySource(arrival, LISTENER, false)).isSameAs(local);
        assertThat(table.byDiscriminator(3)).isNull();
        assertThat(table.byDiscriminator(2)).isSameAs(local);
    }

    @Test
    void theUsualLagIsThatOfTheLastMinutesAndNeedsFiveHundredTimers() {
        Agenda agenda = new Agenda(0);
        for (int i = 0; i < 499; i++) {
            agenda.fired(8_000_000);
        }
        assertThat(agenda.usualLagNanos()).isZero();
        agenda.fired(8_000_000);
        assertThat(agenda.usualLagNanos()).isEqualTo(8_000_000);
        assertThat(agenda.takeWorst(61_000_000_000L)).isEqualTo(8_000_000);
        assertThat(agenda.usualLagNanos()).isEqualTo(8_000_000);
        assertThat(agenda.takeWorst(122_000_000_000L)).isZero();
        assertThat(agenda.usualLagNanos()).isZero();
        assertThat(agenda.lag().count()).isEqualTo(500);
    }
}
