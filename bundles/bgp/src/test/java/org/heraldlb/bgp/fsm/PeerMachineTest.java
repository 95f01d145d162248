package org.heraldlb.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerMachineTest {

    private static final long NOW = Fixtures.START;

    private final PeerMachine machine = new PeerMachine(FsmSettings.of(Fixtures.RULES), new SplittableRandom(1));

    private static String text(List<Action> actions) {
        return actions.stream()
                .filter(action -> !(action.effect() instanceof Effect.Changed))
                .map(action -> action.link() + ":" + Fixtures.text(List.of(action.effect())))
                .collect(Collectors.joining(" "));
    }

    private String on(int link, Event event) {
        return text(machine.on(link, event, NOW));
    }

    private static Open theirs(int identifier) {
        return Fixtures.THEIRS.open(identifier, false);
    }

    @Test
    void nothing_is_accepted_before_the_start_and_after_a_stop_for_good() {
        assertThat(machine.accept()).isEmpty();
        machine.start(NOW);
        assertThat(machine.accept()).isPresent();
        machine.stop(Notification.of(BgpError.SHUTDOWN), true, NOW);
        assertThat(machine.accept()).isEmpty();
        assertThat(machine.deadline()).isEmpty();
    }

    /** Strict BFD: what a hold does in each state, whether the peer may dial meanwhile, and what a release does. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "UNSTARTED,    '',                  ''",
        "IDLE,         '',                  0:dial",
        "CONNECT,      0:abort,             0:dial",
        "OPEN_SENT,    '0:6/10 0:close',    0:dial",
        "OPEN_CONFIRM, '0:6/10 0:close',    0:dial",
        "ESTABLISHED,  '',                  ''",
        "CALLED,       '1:abort 0:abort',   0:dial",
    })
    void nothing_is_on_its_way_while_it_is_held(String state, String held, String released) {
        reach(state);
        String done = text(machine.hold(Notification.of(BgpError.BFD_DOWN), NOW));
        assertThat(Stream.of(done.split(" ")).sorted().toList())
                .isEqualTo(Stream.of(held.split(" ")).sorted().toList());
        assertThat(machine.accept()).isEmpty();
        assertThat(machine.hold(Notification.of(BgpError.BFD_DOWN), NOW)).isEmpty();
        assertThat(machine.isHeld())
                .isEqualTo(!List.of("UNSTARTED", "ESTABLISHED").contains(state));
        assertThat(machine.deadline().isPresent()).isEqualTo(state.equals("ESTABLISHED"));
        assertThat(text(machine.release(NOW))).isEqualTo(released);
        assertThat(machine.accept().isPresent()).isEqualTo(!state.equals("UNSTARTED"));
    }

    @Test
    void a_held_session_that_ends_is_not_dialled_again_before_the_release() {
        reach("ESTABLISHED");
        machine.hold(Notification.of(BgpError.BFD_DOWN), NOW);
        assertThat(text(machine.stop(Notification.of(BgpError.BFD_DOWN), false, NOW)))
                .isEqualTo("0:6/10 0:close 0:down");
        assertThat(machine.deadline()).isEmpty();
        assertThat(text(machine.start(NOW))).isEmpty();
        assertThat(text(machine.release(NOW))).isEqualTo("0:dial");
    }

    private void reach(String state) {
        if (state.equals("UNSTARTED")) {
            return;
        }
        machine.start(NOW);
        if (state.equals("CALLED")) {
            machine.accept();
        }
        if (state.equals("IDLE")) {
            on(0, new Event.Failed("refused"));
        }
        List<Event> events = List.of(
                new Event.Connected(Fixtures.ours()), new Event.Opened(Fixtures.theirs()), new Event.KeptAlive());
        int steps =
                List.of("CONNECT", "OPEN_SENT", "OPEN_CONFIRM", "ESTABLISHED").indexOf(state);
        events.stream().limit(Math.max(0, steps)).forEach(event -> on(0, event));
    }

    /** Our identifier is 10.0.0.1: the one that the higher identifier dialled survives, whichever OPEN comes first. */
    @ParameterizedTest
    @CsvSource({
        "0a000002, true, '0:6/7 0:close 1:KEEPALIVE'",
        "0a000002, false, '0:6/7 0:close'",
        "09000001, true, '1:6/7 1:close'",
        "09000001, false, '1:6/7 1:close 0:KEEPALIVE'"
    })
    void a_collision_is_resolved_by_identifiers(String identifier, boolean dialledFirst, String done) {
        int peers = Integer.parseUnsignedInt(identifier, 16);
        machine.start(NOW);
        int link = machine.accept().orElseThrow();
        on(0, new Event.Connected(Fixtures.ours()));
        on(link, new Event.Connected(Fixtures.ours()));
        on(dialledFirst ? 0 : link, new Event.Opened(theirs(peers)));
        assertThat(on(dialledFirst ? link : 0, new Event.Opened(theirs(peers)))).isEqualTo(done);
        int survivor = peers == 0x0a000002 ? link : 0;
        on(survivor, new Event.KeptAlive());
        assertThat(machine.established()).hasValue(survivor);
    }

    @Test
    void an_accepted_session_silences_the_attempt_to_dial() {
        machine.start(NOW);
        int link = machine.accept().orElseThrow();
        assertThat(on(link, new Event.Connected(Fixtures.ours()))).isEqualTo("1:OPEN");
        on(link, new Event.Opened(theirs(9)));
        assertThat(on(link, new Event.KeptAlive())).isEqualTo("1:up 0:abort");
        assertThat(machine.state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void when_an_accepted_session_ends_we_dial_soon() {
        when_accepted_is_up();
        assertThat(on(1, new Event.Failed("reset"))).isEqualTo("1:abort 1:down");
        assertThat(machine.deadline().orElseThrow() - NOW).isBetween(10_000_000L, 100_000_000L);
        assertThat(text(machine.tick(machine.deadline().orElseThrow()))).isEqualTo("0:dial");
    }

    private void when_accepted_is_up() {
        machine.start(NOW);
        int link = machine.accept().orElseThrow();
        on(link, new Event.Connected(Fixtures.ours()));
        on(link, new Event.Opened(theirs(9)));
        on(link, new Event.KeptAlive());
    }

    @Test
    void an_established_session_survives_a_newcomer() {
        when_accepted_is_up();
        int newcomer = machine.accept().orElseThrow();
        on(newcomer, new Event.Connected(Fixtures.ours()));
        assertThat(on(newcomer, new Event.Opened(theirs(9)))).isEqualTo(newcomer + ":6/7 " + newcomer + ":close");
        assertThat(machine.established()).hasValue(1);
    }

    @Test
    void a_peer_that_does_graceful_restart_may_replace_its_session() {
        machine.start(NOW);
        on(0, new Event.Connected(Fixtures.graceful(65001).open(1, false)));
        on(0, new Event.Opened(Fixtures.graceful(65002).open(2, false)));
        on(0, new Event.KeptAlive());
        int link = machine.accept().orElseThrow();
        on(link, new Event.Connected(Fixtures.graceful(65001).open(1, false)));
        assertThat(on(link, new Event.Opened(Fixtures.graceful(65002).open(2, true))))
                .isEqualTo("0:abort 0:down " + link + ":KEEPALIVE");
        on(link, new Event.KeptAlive());
        assertThat(machine.established()).hasValue(link);
    }

    @Test
    void a_peer_that_dials_again_and_again_has_one_connection() {
        machine.start(NOW);
        for (int i = 0; i < 100; i++) {
            int link = machine.accept().orElseThrow();
            on(link, new Event.Connected(Fixtures.ours()));
        }
        assertThat(machine.link(99)).isEmpty();
        assertThat(machine.link(100)).isPresent();
    }

    @Test
    void events_of_links_that_are_gone_are_ignored() {
        machine.start(NOW);
        assertThat(machine.on(77, new Event.KeptAlive(), NOW)).isEmpty();
    }

    @Test
    void a_stop_for_a_while_comes_back() {
        when_accepted_is_up();
        assertThat(text(machine.stop(Notification.of(BgpError.BFD_DOWN), false, NOW)))
                .isEqualTo("1:6/10 1:close 1:down");
        assertThat(text(machine.tick(machine.deadline().orElseThrow()))).isEqualTo("0:dial");
    }

    /** Two speakers that dial each other at any moments, over a wire that delivers in order, end with one session. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void two_speakers_always_find_each_other(long seed) {
        for (long round = 0; round < 50; round++) {
            TwoPeers peers = new TwoPeers(seed * 1000 + round);
            assertThat(peers.run()).as("seed " + seed + " round " + round).isTrue();
        }
    }
}
