package org.heraldlb.bgp.fsm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;

/**
 * All connections with one peer. We dial one; the peer may dial others; one survives (RFC 4271 section 6.8). Links have
 * numbers; events for links that are gone are ignored. Not thread-safe.
 */
public final class PeerMachine {

    /** The link that we dial. */
    public static final int DIALLED = 0;

    /** A peer that dials again has given up its last connection; more than this many at a time make no sense. */
    private static final int MAX_ACCEPTED = 2;

    private static final int TICK_BOUND = 100;

    private FsmSettings settings;
    private final Pauses pauses;
    private final Fsm dialler;
    private final Map<Integer, Fsm> accepted = new LinkedHashMap<>();
    private boolean started;
    private boolean held;
    private int nextLink = DIALLED + 1;

    public PeerMachine(FsmSettings settings, RandomGenerator random) {
        this.settings = settings;
        pauses = new Pauses(random, settings.connectRetry().toNanos());
        dialler = new Fsm(settings, pauses, true);
    }

    /** Other timers and habits, without a reset: keepalive time, connect retry time, passive, send hold time. */
    public void settings(FsmSettings newSettings) {
        settings = newSettings;
        pauses.limit(newSettings.connectRetry().toNanos());
        links().forEach(link -> machine(link).settings(newSettings));
    }

    /** Be up, from now on. */
    public List<Action> start(long now) {
        started = true;
        return held ? List.of() : step(DIALLED, new Event.Start(), now);
    }

    /**
     * Strict BFD while BFD is not up: whatever is on its way to Established ends with {@code cause}, and nothing is begun
     * until {@link #release}. An established session stays; {@link #stop} ends it.
     */
    public List<Action> hold(Notification cause, long now) {
        if (held) {
            return List.of();
        }
        held = true;
        List<Action> actions = new ArrayList<>();
        for (int link : links()) {
            if (machine(link).state() != State.ESTABLISHED) {
                actions.addAll(abandon(link, cause, now));
            }
        }
        return actions;
    }

    private List<Action> abandon(int link, Notification cause, long now) {
        boolean silent = link != DIALLED && machine(link).state() == State.IDLE;
        List<Action> actions = new ArrayList<>(step(link, new Event.Stop(cause, false), now));
        if (silent) {
            actions.add(new Action(link, new Effect.Close(true)));
        }
        dialler.rest();
        return actions;
    }

    /** A session is wanted, is not up, and may not be begun. */
    public boolean isHeld() {
        return held && started && established().isEmpty();
    }

    /** The way is free again. */
    public List<Action> release(long now) {
        if (!held) {
            return List.of();
        }
        held = false;
        boolean idle = started && dialler.state() == State.IDLE && established().isEmpty();
        return idle ? step(DIALLED, new Event.Start(), now) : List.of();
    }

    /** Be down: all connections are told {@code cause}; {@code forGood} false comes back after a pause. */
    public List<Action> stop(Notification cause, boolean forGood, long now) {
        started &= !forGood;
        List<Action> actions = new ArrayList<>();
        for (int link : links()) {
            actions.addAll(step(link, new Event.Stop(cause, forGood), now));
        }
        return actions;
    }

    private List<Integer> links() {
        List<Integer> links = new ArrayList<>(accepted.keySet());
        links.add(0, DIALLED);
        return links;
    }

    /**
     * The peer dialled.
     *
     * @return the number of its link, for which {@link Event.Connected} is expected next; empty: refuse it
     */
    public OptionalInt accept() {
        if (!started || held) {
            return OptionalInt.empty();
        }
        int link = nextLink++;
        accepted.put(link, new Fsm(settings, pauses, false));
        return OptionalInt.of(link);
    }

    /** One step of one link, and what follows for the others. */
    public List<Action> on(int link, Event event, long now) {
        List<Action> actions = new ArrayList<>();
        if (event instanceof Event.Connected && link != DIALLED) {
            actions.addAll(dropSurplus(link, now));
        }
        if (event instanceof Event.Opened opened
                && link(link).filter(fsm -> fsm.state() != State.IDLE).isPresent()) {
            actions.addAll(resolveCollision(link, opened.open(), now));
        }
        actions.addAll(step(link, event, now));
        return actions;
    }

    private List<Action> step(int link, Event event, long now) {
        Fsm fsm = machine(link);
        if (fsm == null) {
            return List.of();
        }
        List<Action> actions = tag(link, fsm.on(event, now));
        actions.addAll(aftermath(link, fsm, now));
        return actions;
    }

    private List<Action> aftermath(int link, Fsm fsm, long now) {
        List<Action> actions = new ArrayList<>();
        if (fsm.state() == State.IDLE && link != DIALLED) {
            accepted.remove(link);
        }
        if (fsm.state() == State.ESTABLISHED && actions.isEmpty()) {
            actions.addAll(silenceOthers(link, now));
        }
        if (held) {
            dialler.rest();
        } else if (started && link != DIALLED && accepted.isEmpty()) {
            dialler.comeBack(now);
        }
        return actions;
    }

    /** Nothing but the established connection goes on; attempts that never spoke end without a word. */
    private List<Action> silenceOthers(int winner, long now) {
        List<Action> actions = new ArrayList<>();
        for (int link : links()) {
            Fsm fsm = machine(link);
            if (link == winner || fsm.state() == State.ESTABLISHED) {
                continue;
            }
            boolean spoke = fsm.state() == State.OPEN_SENT || fsm.state() == State.OPEN_CONFIRM;
            // A connection that the peer just made may be its restart; its OPEN will tell (RFC 4724 section 4.2).
            if (spoke && link != DIALLED && link > winner) {
                continue;
            }
            actions.addAll(spoke ? dump(link, now) : tag(link, fsm.park(now)));
        }
        return actions;
    }

    private List<Action> dump(int link, long now) {
        Fsm fsm = machine(link);
        List<Action> actions = tag(link, fsm.on(new Event.CollisionLost(), now));
        actions.addAll(tag(link, fsm.park(now)));
        if (link != DIALLED) {
            accepted.remove(link);
        }
        return actions;
    }

    private List<Action> dropSurplus(int newest, long now) {
        List<Action> actions = new ArrayList<>();
        for (int link : links()) {
            Fsm fsm = machine(link);
            boolean surplus = link != DIALLED && link != newest && fsm.state() != State.ESTABLISHED;
            if (surplus && accepted.size() > MAX_ACCEPTED - (established().isPresent() ? 0 : 1)) {
                actions.addAll(tag(link, fsm.park(now)));
                accepted.remove(link);
            }
        }
        return actions;
    }

    /**
     * RFC 4271 section 6.8: of two connections the one that the speaker with the higher identifier dialled survives.
     * An established one survives any other, unless the peer does graceful restart: then a new connection means that
     * the old one is dead (RFC 4724 section 4.2).
     */
    private List<Action> resolveCollision(int link, Open theirs, long now) {
        List<Action> actions = new ArrayList<>();
        for (int other : links()) {
            Fsm fsm = machine(other);
            if (other == link || machine(link) == null || fsm == null) {
                continue;
            }
            if (fsm.state() == State.ESTABLISHED) {
                boolean restart =
                        fsm.negotiated().orElseThrow().gracefulRestart().isPresent();
                actions.addAll(restart ? replace(other, now) : dump(link, now));
            } else if (fsm.state() == State.OPEN_CONFIRM) {
                boolean keepPeers = dominated(fsm.negotiated().orElseThrow().ours(), theirs);
                boolean newWins = link != DIALLED && (keepPeers || other != DIALLED) || link == DIALLED && !keepPeers;
                actions.addAll(dump(newWins ? other : link, now));
            }
        }
        return actions;
    }

    private List<Action> replace(int old, long now) {
        Fsm fsm = machine(old);
        List<Action> actions = tag(old, fsm.on(new Event.Failed("the peer restarted"), now));
        actions.addAll(tag(old, fsm.park(now)));
        if (old != DIALLED) {
            accepted.remove(old);
        }
        return actions;
    }

    /** RFC 6286 section 2.3: identifiers first, then AS numbers. */
    private static boolean dominated(Open ours, Open theirs) {
        int byIdentifier = Integer.compareUnsigned(ours.identifier(), theirs.identifier());
        return byIdentifier < 0 || byIdentifier == 0 && ours.as() < theirs.as();
    }

    /** Fires whatever is due. */
    public List<Action> tick(long now) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < TICK_BOUND; i++) {
            List<Action> more = tickOnce(now);
            if (more.isEmpty()) {
                return actions;
            }
            actions.addAll(more);
        }
        return actions;
    }

    private List<Action> tickOnce(long now) {
        for (int link : links()) {
            Fsm fsm = machine(link);
            List<Action> actions = tag(link, fsm.tick(now));
            if (!actions.isEmpty()) {
                actions.addAll(aftermath(link, fsm, now));
                return actions;
            }
        }
        return List.of();
    }

    /** When to tick next. */
    public OptionalLong deadline() {
        OptionalLong earliest = dialler.deadline();
        for (Fsm fsm : accepted.values()) {
            OptionalLong deadline = fsm.deadline();
            boolean sooner =
                    deadline.isPresent() && (earliest.isEmpty() || deadline.getAsLong() - earliest.getAsLong() < 0);
            earliest = sooner ? deadline : earliest;
        }
        return earliest;
    }

    private Fsm machine(int link) {
        return link == DIALLED ? dialler : accepted.get(link);
    }

    /** The machine of a link, while there is one. */
    public Optional<Fsm> link(int link) {
        return Optional.ofNullable(machine(link));
    }

    /** The number of the established link. */
    public OptionalInt established() {
        return links().stream()
                .filter(link -> machine(link).state() == State.ESTABLISHED)
                .mapToInt(link -> link)
                .findFirst();
    }

    /** The state of the link that got furthest. */
    public State state() {
        return links().stream()
                .map(link -> machine(link).state())
                .max(State::compareTo)
                .orElse(State.IDLE);
    }

    private static List<Action> tag(int link, List<Effect> effects) {
        List<Action> actions = new ArrayList<>(effects.size());
        effects.forEach(effect -> actions.add(new Action(link, effect)));
        return actions;
    }
}
