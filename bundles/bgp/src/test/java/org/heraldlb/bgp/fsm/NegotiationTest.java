package org.heraldlb.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.heraldlb.api.intent.Peer.DynamicAs;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Open;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {

    private static void refused(OpenRules rules, Open ours, Open theirs, BgpError error) {
        assertThatThrownBy(() -> rules.check(ours, theirs)).isInstanceOfSatisfying(BgpException.class, e -> assertThat(
                        e.notification().is(error))
                .as(e.getMessage())
                .isTrue());
    }

    private static OpenRules dynamic(DynamicAs kind) {
        return new OpenRules(65001, OptionalLong.empty(), Optional.of(kind), OptionalInt.empty());
    }

    @Test
    void another_as_is_refused() {
        refused(Fixtures.RULES, Fixtures.ours(), Fixtures.opens(65003, 90).open(7, false), BgpError.BAD_PEER_AS);
    }

    @Test
    void as_0_is_refused_even_when_any_will_do() {
        refused(
                dynamic(DynamicAs.EXTERNAL),
                Fixtures.ours(),
                Fixtures.opens(0, 90).open(7, false),
                BgpError.BAD_PEER_AS);
    }

    @Test
    void a_dynamic_as_is_ours_or_is_not() throws BgpException {
        Open same = Fixtures.opens(65001, 90).open(7, false);
        dynamic(DynamicAs.INTERNAL).check(Fixtures.ours(), same);
        dynamic(DynamicAs.EXTERNAL).check(Fixtures.ours(), Fixtures.theirs());
        refused(dynamic(DynamicAs.EXTERNAL), Fixtures.ours(), same, BgpError.BAD_PEER_AS);
        refused(dynamic(DynamicAs.INTERNAL), Fixtures.ours(), Fixtures.theirs(), BgpError.BAD_PEER_AS);
    }

    @Test
    void the_identifier_is_not_zero_and_unique_within_an_as() throws BgpException {
        refused(Fixtures.RULES, Fixtures.ours(), Fixtures.THEIRS.open(0, false), BgpError.BAD_IDENTIFIER);
        Open twin = Fixtures.opens(65001, 90).open(Fixtures.ours().identifier(), false);
        refused(dynamic(DynamicAs.INTERNAL), Fixtures.ours(), twin, BgpError.BAD_IDENTIFIER);
        Fixtures.RULES.check(
                Fixtures.ours(), Fixtures.THEIRS.open(Fixtures.ours().identifier(), false));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "0, true", "3, true", "65535, true"})
    void hold_times_of_one_and_two_seconds_are_refused(int hold, boolean fine) throws BgpException {
        Open theirs = Fixtures.opens(65002, hold).open(7, false);
        if (fine) {
            Fixtures.RULES.check(Fixtures.ours(), theirs);
        } else {
            refused(Fixtures.RULES, Fixtures.ours(), theirs, BgpError.UNACCEPTABLE_HOLD_TIME);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3, true", "3, 0, true", "1, 2, true", "2, 1, true", "4, 4, true", "0, 0, false", "3, 4, false"})
    void roles_must_fit(int ours, int theirs, boolean fit) throws BgpException {
        OpenRules rules = new OpenRules(65001, OptionalLong.of(65002), Optional.empty(), OptionalInt.of(ours));
        Open open = new Open(65002, 90, 7, List.of(new Capability.Role(theirs)));
        if (fit) {
            rules.check(Fixtures.ours(), open);
        } else {
            refused(rules, Fixtures.ours(), open, BgpError.ROLE_MISMATCH);
        }
    }

    @Test
    void a_peer_without_capabilities_speaks_ipv4_with_short_as_numbers() throws BgpException {
        Negotiated agreed = Negotiated.of(Fixtures.ours(), new Open(65002, 30, 7, List.of()));
        assertThat(agreed.families()).containsExactly(Family.IPV4_UNICAST);
        assertThat(agreed.context().fourOctetAs()).isFalse();
        assertThat(agreed.context().maxLength()).isEqualTo(4096);
        assertThat(agreed.extendedNextHop()).isFalse();
        assertThat(agreed.gracefulRestart()).isEmpty();
        assertThat(agreed.holdSeconds()).isEqualTo(30);
    }

    @Test
    void two_of_us_agree_on_everything() throws BgpException {
        Open ours = Fixtures.graceful(4_200_000_000L).open(1, true);
        Negotiated agreed = Negotiated.of(ours, Fixtures.graceful(65002).open(2, false));
        assertThat(ours.as16()).isEqualTo(Open.AS_TRANS);
        assertThat(agreed.context().maxLength()).isEqualTo(65535);
        assertThat(agreed.extendedNextHop()).isTrue();
        assertThat(agreed.enhancedRefresh()).isTrue();
        assertThat(agreed.notificationsRestart()).isTrue();
        assertThat(agreed.internal()).isFalse();
        assertThat(ours.find(Capability.GracefulRestart.class).orElseThrow().restarted())
                .isTrue();
    }

    @Test
    void without_a_common_family_the_missing_capabilities_are_named() {
        Open theirs = new Open(65002, 90, 7, List.of(new Capability.Multiprotocol(new Family(25, 70))));
        assertThatThrownBy(() -> Negotiated.of(Fixtures.ours(), theirs))
                .isInstanceOfSatisfying(BgpException.class, e -> {
                    assertThat(e.notification().is(BgpError.UNSUPPORTED_CAPABILITY))
                            .isTrue();
                    assertThat(e.notification().data().toString()).startsWith("01040001000101040002000");
                });
    }
}
