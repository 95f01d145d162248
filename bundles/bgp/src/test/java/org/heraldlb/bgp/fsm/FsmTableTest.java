package org.heraldlb.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 4271 section 8.2.2 as a table: for each event and state the next state, what is done, and what becomes of the
 * ConnectRetryCounter (+ one more, 0 set to zero, = untouched). A dash: nothing happens at all.
 */
class FsmTableTest {

    /** Connect* and Active*: with the DelayOpenTimer running, that is, with a connection that says nothing yet. */
    private static final String TABLE = """
event      | IDLE            | CONNECT               | CONNECT*                        | ACTIVE               | ACTIVE*                         | OPEN_SENT                    | OPEN_CONFIRM                     | ESTABLISHED
start      | CONNECT dial 0  | -                     | -                               | -                    | -                               | -                            | -                                | -
stop       | -               | IDLE abort =          | IDLE abort =                    | IDLE abort =         | IDLE abort =                    | IDLE 6/2 close 0             | IDLE 6/2 close 0                 | IDLE 6/2 close down 0
autostop   | -               | IDLE abort =          | IDLE abort =                    | IDLE abort =         | IDLE abort =                    | IDLE 6/2 close +             | IDLE 6/2 close +                 | IDLE 6/2 close down +
retry      | -               | CONNECT abort dial =  | CONNECT abort dial =            | CONNECT dial =       | CONNECT dial =                  | IDLE 5/1 close +             | IDLE 5/2 close +                 | IDLE 5/3 close down +
hold       | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 4/0 close +             | IDLE 4/0 close +                 | IDLE 4/0 close down +
keepalive  | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 5/1 close +             | OPEN_CONFIRM KEEPALIVE =         | ESTABLISHED KEEPALIVE =
delayopen  | -               | IDLE abort +          | OPEN_SENT OPEN =                | IDLE abort +         | OPEN_SENT OPEN =                | IDLE 5/1 close +             | IDLE 5/2 close +                 | IDLE 5/3 close down +
idlehold   | CONNECT dial =  | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 5/1 close +             | IDLE 5/2 close +                 | IDLE 5/3 close down +
sendhold   | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 8/0 close +             | IDLE 8/0 close +                 | IDLE 8/0 close down +
failed     | -               | IDLE abort +          | ACTIVE abort =                  | IDLE abort +         | IDLE abort +                    | ACTIVE abort =               | IDLE abort +                     | IDLE abort down +
open       | -               | IDLE abort +          | OPEN_CONFIRM OPEN KEEPALIVE =   | IDLE abort +         | OPEN_CONFIRM OPEN KEEPALIVE =   | OPEN_CONFIRM KEEPALIVE =     | IDLE 5/2 close +                 | IDLE 5/3 close down +
badopen    | -               | IDLE abort +          | IDLE OPEN 2/2 close +           | IDLE abort +         | IDLE OPEN 2/2 close +           | IDLE 2/2 close +             | IDLE 5/2 close +                 | IDLE 5/3 close down +
broken     | -               | IDLE 1/1 close +      | IDLE 1/1 close +                | IDLE 1/1 close +     | IDLE 1/1 close +                | IDLE 1/1 close +             | IDLE 1/1 close +                 | IDLE 1/1 close down +
collision  | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 6/7 close +             | IDLE 6/7 close +                 | IDLE 6/7 close down +
version    | -               | IDLE abort =          | IDLE abort =                    | IDLE abort =         | IDLE abort =                    | IDLE abort =                 | IDLE abort =                     | IDLE abort down =
notified   | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE abort +                 | IDLE abort +                     | IDLE abort down +
kept       | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 5/1 close +             | ESTABLISHED up =                 | ESTABLISHED =
update     | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 5/1 close +             | IDLE 5/2 close +                 | ESTABLISHED deliver =
refresh    | -               | IDLE abort +          | IDLE abort +                    | IDLE abort +         | IDLE abort +                    | IDLE 5/1 close +             | IDLE 5/2 close +                 | ESTABLISHED deliverrefresh =
badupdate  | -               | IDLE 3/10 close +     | IDLE 3/10 close +               | IDLE 3/10 close +    | IDLE 3/10 close +               | IDLE 3/10 close +            | IDLE 3/10 close +                | IDLE 3/10 close down +
""";

    private static final Map<String, Event> EVENTS = Map.ofEntries(
            Map.entry("start", new Event.Start()),
            Map.entry("stop", new Event.Stop(Notification.of(BgpError.SHUTDOWN), true)),
            Map.entry("autostop", new Event.Stop(Notification.of(BgpError.SHUTDOWN), false)),
            Map.entry("retry", new Event.Expired(Timer.CONNECT_RETRY)),
            Map.entry("hold", new Event.Expired(Timer.HOLD)),
            Map.entry("keepalive", new Event.Expired(Timer.KEEPALIVE)),
            Map.entry("delayopen", new Event.Expired(Timer.DELAY_OPEN)),
            Map.entry("idlehold", new Event.Expired(Timer.IDLE_HOLD)),
            Map.entry("sendhold", new Event.Expired(Timer.SEND_HOLD)),
            Map.entry("failed", new Event.Failed("reset")),
            Map.entry("open", new Event.Opened(Fixtures.theirs())),
            Map.entry("badopen", new Event.Opened(Fixtures.opens(65099, 90).open(7, false))),
            Map.entry("broken", new Event.Broken(Notification.of(BgpError.NOT_SYNCHRONIZED), "marker")),
            Map.entry("collision", new Event.CollisionLost()),
            Map.entry("version", new Event.Notified(Notification.of(BgpError.UNSUPPORTED_VERSION))),
            Map.entry("notified", new Event.Notified(Notification.of(BgpError.SHUTDOWN))),
            Map.entry("kept", new Event.KeptAlive()),
            Map.entry("update", new Event.Updated(Update.endOfRib(Family.IPV4_UNICAST))),
            Map.entry("refresh", new Event.Refreshed(new RouteRefresh(Family.IPV4_UNICAST, 0))),
            Map.entry("badupdate", new Event.Broken(Notification.of(BgpError.INVALID_NETWORK), "prefix")));

    static Stream<Arguments> rows() {
        List<String> lines = TABLE.lines().toList();
        List<String> states = cells(lines.get(0));
        List<Arguments> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            for (int i = 1; i < states.size(); i++) {
                rows.add(Arguments.of(cells.get(0), states.get(i), cells.get(i)));
            }
        }
        return rows.stream();
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|")).map(String::strip).toList();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("rows")
    void row(String event, String from, String expected) {
        Fsm fsm = in(from);
        int before = fsm.failures();
        State was = fsm.state();
        List<Effect> effects = fsm.on(EVENTS.get(event), Fixtures.START);
        String done = Fixtures.text(effects);
        String counter = fsm.failures() == before ? "=" : fsm.failures() == 0 ? "0" : "+";
        String actual = fsm.state() + (done.isEmpty() ? "" : " " + done) + " " + counter;
        boolean nothing = effects.isEmpty() && fsm.state() == was && fsm.failures() == before;
        assertThat(nothing ? expectedNothing(expected, was) : actual).isEqualTo(expected);
    }

    private static String expectedNothing(String expected, State state) {
        return expected.equals(state + " =") ? expected : "-";
    }

    /** A machine in a state, with one failure behind it. */
    static Fsm in(String state) {
        Duration delay = Duration.ofSeconds(state.endsWith("*") || state.equals("IDLE") ? 5 : 0);
        Fsm fsm = new Fsm(Fixtures.delayed(delay), Fixtures.pauses(), true);
        fsm.on(new Event.Start(), Fixtures.START);
        fsm.on(new Event.Failed("refused"), Fixtures.START);
        assertThat(fsm.failures()).isEqualTo(1);
        if (state.equals("IDLE")) {
            return fsm;
        }
        fsm.on(new Event.Expired(Timer.IDLE_HOLD), Fixtures.START);
        advance(fsm, state);
        assertThat(fsm.state().name()).isEqualTo(state.replace("*", ""));
        return fsm;
    }

    private static void advance(Fsm fsm, String state) {
        if (state.startsWith("ACTIVE")) {
            fsm.on(new Event.Connected(Fixtures.ours()), Fixtures.START);
            fsm.on(new Event.Failed("closed"), Fixtures.START);
        }
        if (!state.equals("ACTIVE") && !state.equals("CONNECT")) {
            fsm.on(new Event.Connected(Fixtures.ours()), Fixtures.START);
        }
        if (state.equals("OPEN_CONFIRM") || state.equals("ESTABLISHED")) {
            fsm.on(new Event.Opened(Fixtures.theirs()), Fixtures.START);
        }
        if (state.equals("ESTABLISHED")) {
            fsm.on(new Event.KeptAlive(), Fixtures.START);
        }
    }
}
