package org.heraldlb.l2.speaker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.contest.Agenda;
import org.heraldlb.l2.contest.Contest;
import org.heraldlb.l2.contest.Effect;
import org.heraldlb.l2.contest.ProbeTiming;
import org.heraldlb.l2.contest.Stranger;
import org.heraldlb.l2.responder.Claim.Role;
import org.heraldlb.runtime.EventLoop;

/** Runs the contests of all stations on one timer. The loop owns it. */
final class Contests {

    /** Deadlines within this time are met together. */
    private static final long GRAIN_NANOS = 20_000_000L;

    private static final String TIMER = "contests";

    private final EventLoop loop;
    private final Bursts bursts;
    private final Fellows fellows;
    private final SpokenCounts counts;
    private final RandomGenerator random;
    private final Runnable changed;
    private final Agenda<Tenure> agenda = new Agenda<>();
    private final Map<Station, List<IpAddress>> gained = new LinkedHashMap<>();

    /** {@code changed} is run on the loop when a state changed that people want to know. */
    Contests(
            EventLoop loop,
            Bursts bursts,
            Fellows fellows,
            SpokenCounts counts,
            RandomGenerator random,
            Runnable changed) {
        this.loop = loop;
        this.bursts = bursts;
        this.fellows = fellows;
        this.counts = counts;
        this.random = random;
        this.changed = changed;
    }

    /** Begins to want addresses; those that come from another node are {@code taken}. Then {@link #settle}. */
    void begin(Tenure tenure, boolean taken) {
        Contest contest = new Contest(
                tenure.policy(), ProbeTiming.of(tenure.station().port().family()), random);
        tenure.begin(contest);
        act(tenure, contest.start(taken, loop.ticker().nanos()));
    }

    void end(Tenure tenure) {
        agenda.remove(tenure);
    }

    /** Addresses that the link is to be told of with the next {@link #settle}. */
    void gained(Station station, List<IpAddress> addresses) {
        if (!addresses.isEmpty()) {
            gained.computeIfAbsent(station, key -> new ArrayList<>()).addAll(addresses);
        }
    }

    /** Tells the links what was gained since the last time, and sets the timer. */
    void settle() {
        Map<Station, List<IpAddress>> news = new LinkedHashMap<>(gained);
        gained.clear();
        bursts.start(news);
        long now = loop.ticker().nanos();
        long next = agenda.nextNanos(now, now + GRAIN_NANOS);
        if (next == Agenda.NEVER) {
            loop.cancel(TIMER);
        } else {
            loop.schedule(TIMER, next, this::due);
        }
    }

    private void due() {
        long now = loop.ticker().nanos();
        for (Tenure tenure = agenda.poll(now); tenure != null; tenure = agenda.poll(now)) {
            act(tenure, tenure.contest().due(now));
        }
        settle();
    }

    /** Somebody else says that the address is his, or wants it. Then {@link #settle}. */
    void heard(Tenure tenure, long mac, Hearsay.Kind kind) {
        Contest contest = tenure.contest();
        if (contest == null) {
            return;
        }
        Stranger who = fellows.who(mac);
        long now = loop.ticker().nanos();
        if (kind == Hearsay.Kind.WANTED) {
            act(tenure, contest.rivalled(mac, who, now));
        } else {
            tenure.sighted(loop.ticker().wallClock());
            act(tenure, contest.claimed(mac, who, now));
        }
    }

    private void act(Tenure tenure, Set<Effect> effects) {
        effects.forEach(effect -> act(tenure, effect));
        agenda.put(tenure);
    }

    private void act(Tenure tenure, Effect effect) {
        IpAddress address = tenure.claim().address();
        switch (effect) {
            case PROBE -> tenure.station().voice().probe(address);
            case DEFEND -> tenure.station().voice().defend(tenure.claim());
            case YIELD -> tenure.claim().become(Role.YIELDED);
            case CLAIM -> {
                tenure.claim().become(Role.HELD);
                gained(tenure.station(), List.of(address));
            }
            case REPORT -> report(tenure);
        }
    }

    private void report(Tenure tenure) {
        if (tenure.contest().isLost()) {
            counts.conflict();
            if (tenure.claim().role() == Role.PROBING) {
                tenure.claim().become(Role.YIELDED);
            }
        } else {
            tenure.forgetRival();
        }
        changed.run();
    }
}
