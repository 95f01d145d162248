package org.heraldlb.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FsmTimersTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = Fixtures.START;

    private static Fsm established(int ourHold, int theirHold, Optional<Duration> keepalive) {
        FsmSettings plain = FsmSettings.of(Fixtures.RULES);
        Fsm fsm = new Fsm(
                new FsmSettings(
                        plain.rules(), false, plain.connectRetry(), plain.delayOpen(), keepalive, plain.sendHold()),
                Fixtures.pauses(),
                true);
        fsm.on(new Event.Start(), Fixtures.START);
        fsm.on(new Event.Connected(Fixtures.opens(65001, ourHold).open(1, false)), Fixtures.START);
        fsm.on(new Event.Opened(Fixtures.opens(65002, theirHold).open(2, false)), Fixtures.START);
        fsm.on(new Event.KeptAlive(), Fixtures.START);
        return fsm;
    }

    private static double seconds(Fsm fsm, Timer timer) {
        return (fsm.deadline(timer).orElseThrow() - Fixtures.START) / (double) SECOND;
    }

    @ParameterizedTest
    @CsvSource({"90, 90, 90", "90, 30, 30", "3, 90, 3", "65535, 180, 180"})
    void the_lower_hold_time_counts_and_keepalives_come_three_times_as_often(int ours, int theirs, int hold) {
        Fsm fsm = established(ours, theirs, Optional.empty());
        assertThat(seconds(fsm, Timer.HOLD)).isEqualTo(hold);
        assertThat(seconds(fsm, Timer.KEEPALIVE)).isBetween(hold / 3.0 * 0.75, hold / 3.0);
    }

    @ParameterizedTest
    @CsvSource({"0, 90", "90, 0", "0, 0"})
    void a_hold_time_of_zero_means_no_hold_timer_and_no_keepalives(int ours, int theirs) {
        Fsm fsm = established(ours, theirs, Optional.empty());
        assertThat(fsm.deadline()).isEmpty();
        fsm.on(new Event.Updated(Update.endOfRib(Family.IPV4_UNICAST)), now);
        assertThat(fsm.deadline()).isEmpty();
    }

    @Test
    void a_configured_keepalive_time_counts_when_it_is_shorter_than_a_third() {
        assertThat(seconds(established(90, 90, Optional.of(Duration.ofSeconds(10))), Timer.KEEPALIVE))
                .isBetween(7.5, 10.0);
        assertThat(seconds(established(90, 30, Optional.of(Duration.ofSeconds(25))), Timer.KEEPALIVE))
                .isBetween(7.5, 10.0);
    }

    @Test
    void keepalives_go_out_until_the_peer_is_silent_for_the_hold_time() {
        Fsm fsm = established(9, 9, Optional.empty());
        int keepalives = 0;
        for (int i = 0; i < 1000 && fsm.state() == State.ESTABLISHED; i++) {
            now = fsm.deadline().orElseThrow();
            String done = Fixtures.text(fsm.tick(now));
            keepalives += done.equals("KEEPALIVE") ? 1 : 0;
        }
        assertThat(now - Fixtures.START).isEqualTo(9 * SECOND);
        assertThat(keepalives).isBetween(2, 4);
    }

    @Test
    void any_message_restarts_the_hold_timer() {
        Fsm fsm = established(9, 9, Optional.empty());
        for (Event event : List.of(new Event.KeptAlive(), new Event.Updated(Update.endOfRib(Family.IPV4_UNICAST)))) {
            now += 8 * SECOND;
            fsm.on(event, now);
            assertThat(fsm.deadline(Timer.HOLD).orElseThrow() - now).isEqualTo(9 * SECOND);
        }
    }

    @Test
    void the_hold_time_before_the_open_is_four_minutes() {
        Fsm fsm = new Fsm(FsmSettings.of(Fixtures.RULES), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        fsm.on(new Event.Connected(Fixtures.ours()), now);
        assertThat(seconds(fsm, Timer.HOLD)).isEqualTo(240);
    }

    @Test
    void a_router_that_hangs_up_at_once_is_dialled_again_within_100_ms() {
        Fsm fsm = new Fsm(FsmSettings.of(Fixtures.RULES), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        for (int i = 0; i < 8; i++) {
            fsm.on(new Event.Connected(Fixtures.ours()), now);
            fsm.on(new Event.Failed("closed"), now);
            assertThat(fsm.state()).isEqualTo(State.ACTIVE);
            assertThat(fsm.deadline().orElseThrow() - now).isBetween(SECOND / 100, SECOND / 10);
            now = fsm.deadline().orElseThrow();
            assertThat(Fixtures.text(fsm.tick(now))).isEqualTo("dial");
        }
    }

    @Test
    void pauses_after_refused_connections_grow_to_one_second() {
        Fsm fsm = new Fsm(FsmSettings.of(Fixtures.RULES), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        long longest = 0;
        for (int i = 0; i < 40; i++) {
            fsm.on(new Event.Failed("refused"), now);
            long pause = fsm.deadline().orElseThrow() - now;
            longest = Math.max(longest, pause);
            now += pause;
            assertThat(Fixtures.text(fsm.tick(now))).isEqualTo("dial");
        }
        assertThat(longest).isBetween(3 * SECOND / 4, SECOND);
    }

    @Test
    void pauses_after_notifications_grow_to_half_a_minute_and_start_anew_after_a_good_session() {
        Fsm fsm = new Fsm(FsmSettings.of(Fixtures.RULES), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        long pause = 0;
        for (int i = 0; i < 12; i++) {
            pause = refuseOnce(fsm);
        }
        assertThat(pause).isBetween(24 * SECOND, 32 * SECOND);
        fsm.on(new Event.Connected(Fixtures.ours()), now);
        fsm.on(new Event.Opened(Fixtures.theirs()), now);
        fsm.on(new Event.KeptAlive(), now);
        now += 31 * SECOND;
        fsm.on(new Event.Notified(Notification.of(BgpError.SHUTDOWN)), now);
        assertThat(fsm.deadline().orElseThrow() - now).isBetween(SECOND / 2, SECOND);
    }

    private long refuseOnce(Fsm fsm) {
        fsm.on(new Event.Connected(Fixtures.ours()), now);
        fsm.on(new Event.Notified(Notification.of(BgpError.BAD_PEER_AS)), now);
        long pause = fsm.deadline().orElseThrow() - now;
        now += pause;
        fsm.tick(now);
        return pause;
    }

    @Test
    void an_attempt_that_takes_longer_than_the_connect_retry_time_is_given_up_for_another() {
        Fsm fsm = new Fsm(FsmSettings.of(Fixtures.RULES), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        assertThat(fsm.tick(now + 2 * SECOND - 1)).isEmpty();
        assertThat(Fixtures.text(fsm.tick(now + 2 * SECOND))).isEqualTo("abort dial");
        assertThat(fsm.state()).isEqualTo(State.CONNECT);
    }

    @Test
    void a_passive_machine_waits_for_ever() {
        Fsm fsm = new Fsm(Fixtures.passive(), Fixtures.pauses(), true);
        assertThat(Fixtures.text(fsm.on(new Event.Start(), now))).isEmpty();
        assertThat(fsm.state()).isEqualTo(State.ACTIVE);
        assertThat(fsm.deadline()).isEmpty();
    }

    @Test
    void bytes_that_do_not_leave_end_the_session_after_eight_minutes_or_twice_the_hold_time() {
        Fsm fsm = established(90, 90, Optional.empty());
        fsm.writeBlocked(now);
        fsm.writeBlocked(now + SECOND);
        assertThat(seconds(fsm, Timer.SEND_HOLD)).isEqualTo(480);
        fsm.writeProgressed();
        assertThat(fsm.isRunning(Timer.SEND_HOLD)).isFalse();
        Fsm slow = established(900, 900, Optional.empty());
        slow.writeBlocked(now);
        assertThat(seconds(slow, Timer.SEND_HOLD)).isEqualTo(1800);
    }

    @Test
    void delay_open_waits_for_the_peers_open_first() {
        Fsm fsm = new Fsm(Fixtures.delayed(Duration.ofSeconds(5)), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        assertThat(Fixtures.text(fsm.on(new Event.Connected(Fixtures.ours()), now)))
                .isEmpty();
        assertThat(seconds(fsm, Timer.DELAY_OPEN)).isEqualTo(5);
        assertThat(Fixtures.text(fsm.tick(now + 5 * SECOND))).isEqualTo("OPEN");
    }

    @Test
    void a_stop_for_good_is_a_hard_reset_where_notifications_would_restart() {
        Fsm fsm = new Fsm(FsmSettings.of(Fixtures.RULES), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), now);
        fsm.on(new Event.Connected(Fixtures.graceful(65001).open(1, true)), now);
        fsm.on(new Event.Opened(Fixtures.graceful(65002).open(2, false)), now);
        fsm.on(new Event.KeptAlive(), now);
        assertThat(Fixtures.text(fsm.on(new Event.Stop(Notification.of(BgpError.DECONFIGURED), true), now)))
                .isEqualTo("6/9 close down");
        assertThat(fsm.deadline()).as("it stays down").isEmpty();
    }
}
