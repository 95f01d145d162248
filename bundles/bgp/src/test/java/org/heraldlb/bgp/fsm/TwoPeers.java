package org.heraldlb.bgp.fsm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.heraldlb.bgp.packet.Open;

/** Two peer machines and the connections between them, in simulated time with random delays. */
final class TwoPeers {

    private static final int STEPS = 5000;
    private static final long STABLE = 5_000_000_000L;

    private final SplittableRandom random;
    private final Side left;
    private final Side right;
    private final List<Wire> wires = new ArrayList<>();
    private long now = Fixtures.START;

    /** One end of the simulation. */
    private final class Side {
        private final PeerMachine machine;
        private final Open open;
        private final Map<Integer, Wire> byLink = new HashMap<>();

        private Side(long as, long peerAs, int identifier) {
            OpenRules rules = new OpenRules(as, OptionalLong.of(peerAs), Optional.empty(), OptionalInt.empty());
            machine = new PeerMachine(FsmSettings.of(rules), random.split());
            open = Fixtures.opens(as, 9).open(identifier, false);
        }

        private void run(List<Action> actions) {
            for (Action action : actions) {
                if (action.effect() instanceof Effect.Dial) {
                    wires.add(new Wire(this, this == left ? right : left));
                } else if (action.effect() instanceof Effect.Send send && byLink.containsKey(action.link())) {
                    byLink.get(action.link()).send(this, Event.of(send.message()));
                } else if (action.effect() instanceof Effect.Close) {
                    Wire wire = byLink.remove(action.link());
                    if (wire != null) {
                        wire.close(this);
                    }
                }
            }
        }
    }

    /** A connection: what is on its way in each direction. */
    private final class Wire {
        private final Side dialler;
        private final Side acceptor;
        private final Deque<Event> toDialler = new ArrayDeque<>();
        private final Deque<Event> toAcceptor = new ArrayDeque<>();
        private long readyAt = now + random.nextLong(1, 30_000_000L);
        private OptionalInt acceptedLink = OptionalInt.empty();
        private boolean made;
        private boolean dialledOpen = true;

        private Wire(Side dialler, Side acceptor) {
            this.dialler = dialler;
            this.acceptor = acceptor;
            dialler.byLink.put(PeerMachine.DIALLED, this);
        }

        private void send(Side from, Event event) {
            (from == dialler ? toAcceptor : toDialler).add(event);
        }

        private void close(Side from) {
            dialledOpen &= from != dialler;
            send(from, new Event.Failed("closed"));
        }

        private void step() {
            readyAt = now + random.nextLong(1, 10_000_000L);
            if (!made) {
                make();
            } else if (random.nextBoolean()) {
                deliver(toDialler, dialler, PeerMachine.DIALLED);
            } else if (acceptedLink.isPresent()) {
                deliver(toAcceptor, acceptor, acceptedLink.getAsInt());
            }
        }

        private void make() {
            made = true;
            if (!dialledOpen) {
                return;
            }
            acceptedLink = acceptor.machine.accept();
            acceptedLink.ifPresent(link -> {
                acceptor.byLink.put(link, this);
                acceptor.run(acceptor.machine.on(link, new Event.Connected(acceptor.open), now));
            });
            dialler.run(dialler.machine.on(PeerMachine.DIALLED, new Event.Connected(dialler.open), now));
        }

        private void deliver(Deque<Event> queue, Side to, int link) {
            Event event = queue.poll();
            if (event != null && to.byLink.get(link) == this) {
                to.run(to.machine.on(link, event, now));
            }
        }
    }

    TwoPeers(long seed) {
        random = new SplittableRandom(seed);
        left = new Side(65001, 65002, random.nextInt(1, 4));
        right = new Side(65002, 65001, random.nextInt(1, 4));
    }

    /** True when one session is up on both ends, over the same wire, and stays so. */
    boolean run() {
        left.run(left.machine.start(now));
        now += random.nextLong(0, 60_000_000L);
        right.run(right.machine.start(now));
        long upSince = -1;
        for (int i = 0; i < STEPS; i++) {
            now += 1_000_000L;
            left.run(left.machine.tick(now));
            right.run(right.machine.tick(now));
            List.copyOf(wires).stream().filter(wire -> wire.readyAt - now <= 0).forEach(Wire::step);
            boolean up = bothUp();
            upSince = !up ? -1 : upSince < 0 ? i : upSince;
        }
        now += STABLE;
        return upSince >= 0 && upSince < STEPS - 1000;
    }

    private boolean bothUp() {
        OptionalInt one = left.machine.established();
        OptionalInt other = right.machine.established();
        return one.isPresent()
                && other.isPresent()
                && left.byLink.get(one.getAsInt()) == right.byLink.get(other.getAsInt());
    }
}
