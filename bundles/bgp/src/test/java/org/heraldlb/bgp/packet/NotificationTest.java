package org.heraldlb.bgp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationTest {

    @Test
    void a_shutdown_text_survives_the_wire() {
        Notification shutdown = Notification.withText(BgpError.SHUTDOWN, "maintenance until 10:00, ticket 7");
        assertThat(shutdown.text()).contains("maintenance until 10:00, ticket 7");
        assertThat(shutdown.describe()).isEqualTo("administrative shutdown (6/2): maintenance until 10:00, ticket 7");
    }

    @Test
    void a_long_text_is_cut_between_characters() {
        Notification shutdown = Notification.withText(BgpError.RESET, "x" + "\u00e4".repeat(200));
        assertThat(shutdown.data().at(0)).isEqualTo(255);
        assertThat(shutdown.text().orElseThrow()).hasSize(128).endsWith("\u00e4");
        assertThat(Notification.withText(BgpError.RESET, "\u00e4".repeat(200))
                        .data()
                        .at(0))
                .isEqualTo(254);
    }

    @Test
    void other_errors_carry_no_text() {
        assertThat(Notification.withText(BgpError.DECONFIGURED, "x").data()).isEqualTo(Octets.EMPTY);
        assertThat(Notification.withText(BgpError.SHUTDOWN, "").data()).isEqualTo(Octets.EMPTY);
    }

    @Test
    void texts_that_lie_about_their_length_or_are_no_utf8_are_no_texts() {
        assertThat(Notification.of(BgpError.SHUTDOWN, Octets.ofInts(5, 'a')).text())
                .isEmpty();
        assertThat(Notification.of(BgpError.SHUTDOWN, Octets.ofInts(1, 0xff)).text())
                .isEmpty();
        assertThat(Notification.of(BgpError.SHUTDOWN, Octets.ofInts(0)).text()).isEmpty();
        assertThat(Notification.of(BgpError.DECONFIGURED, Octets.ofInts(1, 'a')).text())
                .isEmpty();
    }

    @Test
    void the_peers_control_characters_do_not_reach_the_terminal() {
        assertThat(Notification.withText(BgpError.SHUTDOWN, "a\u001b[31mb").describe())
                .endsWith("a.[31mb");
    }

    @Test
    void a_hard_reset_wraps_its_cause() {
        Notification hard = Notification.withText(BgpError.SHUTDOWN, "bye").hardReset();
        assertThat(hard.isHardReset()).isTrue();
        assertThat(hard.unwrapped()).isEqualTo(Notification.withText(BgpError.SHUTDOWN, "bye"));
        assertThat(hard.describe()).isEqualTo("hard reset (6/9): administrative shutdown (6/2): bye");
        assertThat(Notification.of(BgpError.HARD_RESET).describe()).isEqualTo("hard reset (6/9)");
    }

    @Test
    void nested_hard_resets_are_described_in_bounded_depth() {
        Notification nested = Notification.of(BgpError.DECONFIGURED);
        for (int i = 0; i < 2000; i++) {
            nested = nested.hardReset();
        }
        assertThat(nested.describe()).startsWith("hard reset (6/9)").hasSizeLessThan(200);
    }

    @ParameterizedTest
    @EnumSource(BgpError.class)
    void every_error_is_described_by_name(BgpError error) {
        assertThat(Notification.of(error).describe()).startsWith(error.text());
    }

    @Test
    void an_unknown_error_is_described_by_number() {
        assertThat(new Notification(9, 77, Octets.EMPTY).describe()).isEqualTo("9/77");
    }
}
