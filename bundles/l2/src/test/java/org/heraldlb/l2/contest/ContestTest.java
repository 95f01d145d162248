package org.heraldlb.l2.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.l2.contest.Contest.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContestTest {

    private static final long RIVAL = 0x0200_0000_0099L;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = -5 * SECOND;

    private long now = START;
    private Contest contest;

    private Contest contest(ConflictPolicy policy) {
        contest = new Contest(policy, ProbeTiming.ARP, new SplittableRandom(7));
        return contest;
    }

    private Set<Effect> next() {
        now = contest.deadlineNanos();
        return contest.due(now);
    }

    private List<Set<Effect>> run(int steps) {
        List<Set<Effect>> effects = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            effects.add(next());
        }
        return effects;
    }

    private static Set<Effect> nothing() {
        return Set.of();
    }

    @Test
    void rfc5227ProbesThreeTimesAndThenClaims() {
        assertThat(contest(ConflictPolicy.REFUSE).start(false, now)).isEmpty();
        assertThat(contest.deadlineNanos() - now).isBetween(0L, SECOND);

        long before = 0;
        for (int probe = 1; probe <= 3; probe++) {
            assertThat(next()).containsExactly(Effect.PROBE);
            if (probe > 1) {
                assertThat(now - before).isBetween(SECOND, 2 * SECOND);
            }
            before = now;
        }
        assertThat(next()).containsExactlyInAnyOrder(Effect.CLAIM, Effect.REPORT);
        assertThat(now - before).isEqualTo(2 * SECOND);
        assertThat(contest.phase()).isEqualTo(Phase.HELD);
        assertThat(contest.deadlineNanos()).isEqualTo(Agenda.NEVER);
    }

    @Test
    void rfc4862AsksOnce() {
        contest = new Contest(ConflictPolicy.REFUSE, ProbeTiming.NDP, new SplittableRandom(7));
        contest.start(false, now);

        assertThat(run(2)).containsExactly(Set.of(Effect.PROBE), Set.of(Effect.CLAIM, Effect.REPORT));
    }

    @Test
    void warnClaimsAtOnceAndProbesBesideIt() {
        assertThat(contest(ConflictPolicy.WARN).start(false, now)).containsExactly(Effect.CLAIM);
        assertThat(run(4))
                .containsExactly(
                        Set.of(Effect.PROBE), Set.of(Effect.PROBE), Set.of(Effect.PROBE), Set.of(Effect.REPORT));
    }

    @Test
    void offNeverDoesAnything() {
        assertThat(contest(ConflictPolicy.OFF).start(false, now)).containsExactly(Effect.CLAIM);
        assertThat(contest.claimed(RIVAL, Stranger.FOREIGN, now)).isEmpty();
        assertThat(contest.deadlineNanos()).isEqualTo(Agenda.NEVER);
    }

    @ParameterizedTest
    @EnumSource(ConflictPolicy.class)
    void whatComesFromAnotherNodeIsNotProbedAgain(ConflictPolicy policy) {
        assertThat(contest(policy).start(true, now)).containsExactly(Effect.CLAIM);
        assertThat(contest.deadlineNanos()).isEqualTo(Agenda.NEVER);
    }

    @Test
    void refuseDoesNotClaimWhatIsAnsweredAndTriesAgain() {
        contest(ConflictPolicy.REFUSE).start(false, now);
        next();

        assertThat(contest.claimed(RIVAL, Stranger.UNKNOWN, now)).containsExactly(Effect.REPORT);
        assertThat(contest.isLost()).isTrue();
        assertThat(contest.deadlineNanos() - now).isEqualTo(10 * SECOND);

        assertThat(next()).containsExactly(Effect.PROBE);
        assertThat(contest.isRefused()).isTrue();
        assertThat(run(3)).last().isEqualTo(Set.of(Effect.CLAIM, Effect.REPORT));
        assertThat(contest.isLost()).isFalse();
    }

    @Test
    void afterTenConflictsItIsTriedOnceAMinute() {
        contest(ConflictPolicy.REFUSE).start(false, now);
        for (int i = 0; i < 10; i++) {
            next();
            contest.claimed(RIVAL, Stranger.FOREIGN, now);
        }

        assertThat(contest.deadlineNanos() - now).isEqualTo(60 * SECOND);
    }

    @Test
    void twoWhoProbeAtOnceBothYield() {
        contest(ConflictPolicy.REFUSE).start(false, now);

        assertThat(contest.rivalled(RIVAL, Stranger.FOREIGN, now)).containsExactly(Effect.REPORT);
        assertThat(contest.phase()).isEqualTo(Phase.YIELDED);
    }

    @Test
    void theQuestionOfAnotherNodesWatchdogIsNoRival() {
        contest(ConflictPolicy.REFUSE).start(false, now);

        assertThat(contest.rivalled(RIVAL, Stranger.FELLOW, now)).isEmpty();
        assertThat(contest.phase()).isEqualTo(Phase.PROBING);
    }

    @Test
    void theOldOwnerMayAnswerTheProbesOfTheNewOne() {
        contest(ConflictPolicy.REFUSE).start(false, now);
        next();

        assertThat(contest.claimed(RIVAL, Stranger.FELLOW, now)).isEmpty();
        assertThat(contest.phase()).isEqualTo(Phase.PROBING);
    }

    @Test
    void aMoveIsNoConflict() {
        contest(ConflictPolicy.WARN).start(true, now);

        assertThat(contest.claimed(RIVAL, Stranger.UNKNOWN, now)).isEmpty();
        assertThat(contest.deadlineNanos() - now).isEqualTo(3 * SECOND);
        // The plan drops the address within this time, and with it the contest.
        assertThat(contest.isLost()).isFalse();
    }

    @Test
    void whoStillAnswersWhenAskedIsInConflict() {
        contest(ConflictPolicy.WARN).start(true, now);
        contest.claimed(RIVAL, Stranger.UNKNOWN, now);

        assertThat(next()).containsExactlyInAnyOrder(Effect.DEFEND, Effect.PROBE);
        assertThat(contest.claimed(RIVAL, Stranger.UNKNOWN, now + 1)).containsExactly(Effect.REPORT);
        assertThat(contest.isLost()).isTrue();
        assertThat(contest.rival()).isEqualTo(RIVAL);
    }

    @Test
    void whoDoesNotAnswerWhenAskedIsGone() {
        contest(ConflictPolicy.WARN).start(true, now);
        contest.claimed(RIVAL, Stranger.UNKNOWN, now);
        next();

        assertThat(next()).isEqualTo(nothing());
        assertThat(contest.phase()).isEqualTo(Phase.HELD);
    }

    @Test
    void whoIsKnownToBeForeignGetsNoPatience() {
        contest(ConflictPolicy.WARN).start(true, now);

        contest.claimed(RIVAL, Stranger.FOREIGN, now);

        assertThat(contest.deadlineNanos()).isEqualTo(now);
    }

    @Test
    void refuseGivesUpWhatSomebodyElseTurnsOutToHave() {
        contest(ConflictPolicy.REFUSE).start(true, now);
        contest.claimed(RIVAL, Stranger.FOREIGN, now);
        next();

        assertThat(contest.claimed(RIVAL, Stranger.FOREIGN, now)).contains(Effect.YIELD, Effect.REPORT);
        assertThat(contest.isRefused()).isTrue();
    }

    @Test
    void refuseKeepsAnAddressThatAnotherNodeHasToo() {
        contest(ConflictPolicy.REFUSE).start(true, now);
        contest.claimed(RIVAL, Stranger.FELLOW, now);
        next();

        assertThat(contest.claimed(RIVAL, Stranger.FELLOW, now)).doesNotContain(Effect.YIELD);
        assertThat(contest.phase()).isEqualTo(Phase.CONFLICT);
    }

    @Test
    void aConflictEndsAfterTwoQuietChecks() {
        contest(ConflictPolicy.WARN).start(true, now);
        contest.claimed(RIVAL, Stranger.FOREIGN, now);
        next();
        contest.claimed(RIVAL, Stranger.FOREIGN, now);

        assertThat(next()).containsExactly(Effect.PROBE);
        contest.claimed(RIVAL, Stranger.FOREIGN, now);
        assertThat(next()).containsExactly(Effect.PROBE);
        assertThat(next()).containsExactly(Effect.PROBE);
        assertThat(next()).contains(Effect.REPORT);
        assertThat(contest.isLost()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void itNeverDefendsMoreOftenThanEachTenSeconds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ConflictPolicy policy = random.nextBoolean() ? ConflictPolicy.WARN : ConflictPolicy.REFUSE;
        contest(policy).start(random.nextBoolean(), now);
        long lastDefence = Long.MIN_VALUE / 2;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextLong(SECOND);
            Set<Effect> effects = random.nextInt(3) == 0
                    ? contest.claimed(random.nextInt(3) + 1, Stranger.values()[random.nextInt(3)], now)
                    : contest.deadlineNanos() - now <= 0 ? contest.due(now) : nothing();
            if (effects.contains(Effect.DEFEND)) {
                assertThat(now - lastDefence).as("seed %d, step %d", seed, i).isGreaterThanOrEqualTo(10 * SECOND);
                lastDefence = now;
            }
            boolean waits = contest.deadlineNanos() == Agenda.NEVER;
            assertThat(waits).as("seed %d, step %d", seed, i).isEqualTo(contest.phase() == Phase.HELD);
        }
    }
}
