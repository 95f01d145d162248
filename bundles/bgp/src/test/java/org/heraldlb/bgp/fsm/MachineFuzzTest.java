package org.heraldlb.bgp.fsm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Feed;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Octets;
import org.heraldlb.bgp.packet.Open;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;

/** Any events in any order, on any connection: what must hold of RFC 4271's machine at each step. */
class MachineFuzzTest {

    private static final Opens OURS =
            new Opens(65001, 90, List.of(Family.IPV4_UNICAST), OptionalInt.of(120), false, OptionalInt.empty());

    private final Set<Integer> closed = new HashSet<>();
    private PeerMachine machine;
    private boolean started;
    private long now;

    @FuzzTest(maxDuration = "50s")
    void holds(byte[] data) {
        Feed feed = new Feed(data);
        closed.clear();
        now = 0;
        started = false;
        boolean passive = feed.below(4) == 0;
        FsmSettings base =
                FsmSettings.of(new OpenRules(65001, OptionalLong.of(65002), Optional.empty(), OptionalInt.empty()));
        machine = new PeerMachine(
                new FsmSettings(
                        base.rules(),
                        passive,
                        base.connectRetry(),
                        base.delayOpen(),
                        base.keepalive(),
                        base.sendHold()),
                new SplittableRandom(1));
        while (feed.hasMore()) {
            step(feed);
            check(passive);
        }
    }

    private void step(Feed feed) {
        switch (feed.below(8)) {
            case 0 -> start();
            case 1 -> stop(feed.below(2) == 0);
            case 2 -> machine.accept().ifPresent(link -> run(machine.on(link, new Event.Connected(ours()), now)));
            case 3 -> {
                now += (1L << feed.below(38)) + 1;
                run(machine.tick(now));
            }
            default -> run(machine.on(feed.below(4), event(feed), now));
        }
    }

    private void start() {
        if (!started) {
            started = true;
            run(machine.start(now));
        }
    }

    private void stop(boolean forGood) {
        started &= !forGood;
        run(machine.stop(Notification.of(BgpError.SHUTDOWN), forGood, now));
    }

    private static Open ours() {
        return OURS.open(0x0a000001, false);
    }

    private static Event event(Feed feed) {
        return switch (feed.below(9)) {
            case 0 -> new Event.Connected(ours());
            case 1 -> new Event.Failed("fuzz");
            case 2, 3 -> new Event.Opened(theirs(feed));
            case 4 -> Event.of(Message.Keepalive.INSTANCE);
            case 5 -> new Event.Notified(new Notification(feed.below(9), feed.below(12), data16(feed)));
            case 6 -> new Event.Updated(Update.endOfRib(Family.IPV4_UNICAST));
            case 7 -> new Event.Refreshed(new RouteRefresh(Family.IPV4_UNICAST, feed.below(4)));
            default -> new Event.Broken(Notification.of(BgpError.NOT_SYNCHRONIZED), "fuzz");
        };
    }

    private static Octets data16(Feed feed) {
        return Octets.of(feed.some(16));
    }

    private static Open theirs(Feed feed) {
        boolean right = feed.below(4) != 0;
        OptionalInt restart = feed.below(2) == 0 ? OptionalInt.empty() : OptionalInt.of(60);
        Family family = feed.below(8) == 0 ? Family.IPV6_UNICAST : Family.IPV4_UNICAST;
        return new Opens(right ? 65002 : 65003, feed.below(10), List.of(family), restart, false, OptionalInt.empty())
                .open(0x0a000000 + feed.below(4), false);
    }

    /** A connection that was closed is written to no more, until it is dialled again. */
    private void run(List<Action> actions) {
        for (Action action : actions) {
            Effect effect = action.effect();
            if (effect instanceof Effect.Dial) {
                closed.remove(action.link());
            } else if (effect instanceof Effect.Close) {
                closed.add(action.link());
            } else if (effect instanceof Effect.Up) {
                require(machine.link(action.link()).isPresent(), "a link that is up is there");
            }
        }
    }

    private void check(boolean passive) {
        long up = 0;
        for (int link = 0; link < 64; link++) {
            Optional<Fsm> fsm = machine.link(link);
            up += fsm.filter(each -> each.state() == State.ESTABLISHED).isPresent() ? 1 : 0;
            boolean agreed = fsm.flatMap(Fsm::negotiated).isPresent();
            boolean late = fsm.filter(each -> each.state().compareTo(State.OPEN_CONFIRM) >= 0)
                    .isPresent();
            require(agreed == late, "what was agreed is there from OpenConfirm on, and only then");
        }
        require(up <= 1, "one session at most");
        boolean waits = machine.deadline().isPresent();
        boolean idle = machine.state() == State.IDLE;
        require(
                !started || passive || waits || machine.state() == State.ESTABLISHED,
                "a machine that is on never sleeps for ever");
        require(started || idle, "a machine that is off is Idle, not " + machine.state());
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
