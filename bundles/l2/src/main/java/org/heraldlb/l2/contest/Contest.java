package org.heraldlb.l2.contest;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;

/**
 * Whether one address on one interface is ours alone. Everybody else who claims it is given some patience first, because
 * an address that moves between nodes is for a moment claimed by both; after it he is asked, and is in conflict with us
 * only when he answers.
 */
public final class Contest implements Agenda.Entry {

    /** Where it stands. */
    public enum Phase {
        PROBING,
        HELD,
        SUSPECT,
        CHECKING,
        CONFLICT,
        YIELDED
    }

    private static final long DEFEND_INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final long ANSWER_TIME = Duration.ofSeconds(1).toNanos();
    private static final long RECHECK = Duration.ofSeconds(30).toNanos();
    private static final long RETRY = Duration.ofSeconds(10).toNanos();
    /** RFC 5227 section 1.1: RATE_LIMIT_INTERVAL after MAX_CONFLICTS. */
    private static final long SLOW_RETRY = Duration.ofSeconds(60).toNanos();

    private static final int MAX_CONFLICTS = 10;
    private static final int QUIET_CHECKS = 2;

    private final ConflictPolicy policy;
    private final ProbeTiming timing;
    private final RandomGenerator random;
    private Phase phase = Phase.HELD;
    private long deadline = Agenda.NEVER;
    private int probes;
    private int refusals;
    private int quietChecks;
    private boolean heard;
    private boolean defended;
    private long defendedAt;
    private long rival;
    private Stranger stranger = Stranger.UNKNOWN;
    private long sightings;

    public Contest(ConflictPolicy policy, ProbeTiming timing, RandomGenerator random) {
        this.policy = policy;
        this.timing = timing;
        this.random = random;
    }

    /**
     * Begins to want the address.
     *
     * @param taken it comes from another node of ours, which made sure before: probing would only prolong the move
     * @return {@link Effect#CLAIM} when it is answered for from now on
     */
    public Set<Effect> start(boolean taken, long nowNanos) {
        if (policy == ConflictPolicy.OFF || taken) {
            return EnumSet.of(Effect.CLAIM);
        }
        phase = Phase.PROBING;
        deadline = nowNanos + random.nextLong(timing.delay() + 1);
        return policy == ConflictPolicy.WARN ? EnumSet.of(Effect.CLAIM) : EnumSet.noneOf(Effect.class);
    }

    /** {@code mac} says that the address is his. */
    public Set<Effect> claimed(long mac, Stranger who, long nowNanos) {
        if (policy == ConflictPolicy.OFF) {
            return EnumSet.noneOf(Effect.class);
        }
        sightings++;
        return switch (phase) {
            case PROBING -> claimedWhileProbing(mac, who, nowNanos);
            case HELD -> suspect(mac, who, nowNanos);
            case SUSPECT -> EnumSet.noneOf(Effect.class);
            case CHECKING -> confirm(mac, who, nowNanos);
            case CONFLICT -> again(mac, who, nowNanos);
            case YIELDED -> remember(mac, who);
        };
    }

    /** {@code who} asks, while we probe, whether anybody has the address, because he wants it too (RFC 5227 2.1.1). */
    public Set<Effect> rivalled(long mac, Stranger who, long nowNanos) {
        boolean counts = phase == Phase.PROBING && policy == ConflictPolicy.REFUSE && who != Stranger.FELLOW;
        return counts ? giveWay(mac, who, nowNanos) : EnumSet.noneOf(Effect.class);
    }

    private Set<Effect> claimedWhileProbing(long mac, Stranger who, long nowNanos) {
        if (who == Stranger.FELLOW) {
            return EnumSet.noneOf(Effect.class);
        }
        return policy == ConflictPolicy.REFUSE ? giveWay(mac, who, nowNanos) : suspect(mac, who, nowNanos);
    }

    private Set<Effect> giveWay(long mac, Stranger who, long nowNanos) {
        Set<Effect> effects = phase == Phase.PROBING || phase == Phase.YIELDED
                ? EnumSet.of(Effect.REPORT)
                : EnumSet.of(Effect.YIELD, Effect.REPORT);
        remember(mac, who);
        phase = Phase.YIELDED;
        deadline = nowNanos + (++refusals < MAX_CONFLICTS ? RETRY : SLOW_RETRY);
        return effects;
    }

    private Set<Effect> suspect(long mac, Stranger who, long nowNanos) {
        remember(mac, who);
        phase = Phase.SUSPECT;
        deadline = nowNanos + who.patienceNanos();
        return EnumSet.noneOf(Effect.class);
    }

    private Set<Effect> confirm(long mac, Stranger who, long nowNanos) {
        if (policy == ConflictPolicy.REFUSE && who != Stranger.FELLOW) {
            return giveWay(mac, who, nowNanos);
        }
        remember(mac, who);
        phase = Phase.CONFLICT;
        heard = false;
        quietChecks = 0;
        deadline = nowNanos + RECHECK;
        return defence(nowNanos, EnumSet.of(Effect.REPORT));
    }

    private Set<Effect> again(long mac, Stranger who, long nowNanos) {
        boolean news = mac != rival;
        remember(mac, who);
        heard = true;
        return defence(nowNanos, news ? EnumSet.of(Effect.REPORT) : EnumSet.noneOf(Effect.class));
    }

    private Set<Effect> remember(long mac, Stranger who) {
        rival = mac;
        stranger = who;
        return EnumSet.noneOf(Effect.class);
    }

    private Set<Effect> defence(long nowNanos, Set<Effect> effects) {
        if (!defended || nowNanos - defendedAt >= DEFEND_INTERVAL) {
            defended = true;
            defendedAt = nowNanos;
            effects.add(Effect.DEFEND);
        }
        return effects;
    }

    /** The {@link #deadlineNanos()} has come. */
    public Set<Effect> due(long nowNanos) {
        return switch (phase) {
            case PROBING -> probe(nowNanos);
            case HELD -> rest();
            case SUSPECT -> check(nowNanos);
            case CHECKING -> rest();
            case CONFLICT -> recheck(nowNanos);
            case YIELDED -> probeAgain(nowNanos);
        };
    }

    private Set<Effect> probe(long nowNanos) {
        if (probes < timing.count()) {
            probes++;
            long pause = probes == timing.count()
                    ? timing.settle()
                    : timing.min() + random.nextLong(timing.max() - timing.min() + 1);
            deadline = nowNanos + pause;
            return EnumSet.of(Effect.PROBE);
        }
        rest();
        refusals = 0;
        return policy == ConflictPolicy.REFUSE ? EnumSet.of(Effect.CLAIM, Effect.REPORT) : EnumSet.of(Effect.REPORT);
    }

    private Set<Effect> rest() {
        phase = Phase.HELD;
        deadline = Agenda.NEVER;
        return EnumSet.noneOf(Effect.class);
    }

    private Set<Effect> check(long nowNanos) {
        phase = Phase.CHECKING;
        deadline = nowNanos + ANSWER_TIME;
        return defence(nowNanos, EnumSet.of(Effect.PROBE));
    }

    private Set<Effect> recheck(long nowNanos) {
        quietChecks = heard ? 0 : quietChecks + 1;
        heard = false;
        if (quietChecks >= QUIET_CHECKS) {
            rest();
            // His last word may still be in somebody's cache.
            return defence(nowNanos, EnumSet.of(Effect.REPORT));
        }
        deadline = nowNanos + RECHECK;
        return EnumSet.of(Effect.PROBE);
    }

    private Set<Effect> probeAgain(long nowNanos) {
        phase = Phase.PROBING;
        probes = 0;
        return probe(nowNanos);
    }

    public Phase phase() {
        return phase;
    }

    @Override
    public long deadlineNanos() {
        return deadline;
    }

    /** The MAC address that claimed the address last; 0 before anybody did. */
    public long rival() {
        return rival;
    }

    /** Who that was. */
    public Stranger stranger() {
        return stranger;
    }

    /** How often anybody else claimed it. */
    public long sightings() {
        return sightings;
    }

    /** True while somebody else surely has the address. */
    public boolean isLost() {
        return phase == Phase.CONFLICT || isRefused();
    }

    /** True while we do not answer because of somebody else; also while we ask again whether he is gone. */
    public boolean isRefused() {
        return phase == Phase.YIELDED || phase == Phase.PROBING && refusals > 0;
    }
}
