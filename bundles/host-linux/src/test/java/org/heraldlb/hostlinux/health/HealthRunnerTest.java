package org.heraldlb.hostlinux.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.HealthCheck.Schedule;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

final class HealthRunnerTest {

    private static final Schedule SCHEDULE = new Schedule(Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 3);

    private final ManualLoop loop = new ManualLoop();
    private final Map<HealthCheck, Consumer<ProbeResult>> open = new HashMap<>();
    private final List<HealthCheck> tried = new ArrayList<>();
    private final List<HealthCheck> givenUp = new ArrayList<>();
    private final HealthRunner runner = new HealthRunner(this::probe, new SplittableRandom(1), loop);
    private boolean answering = true;
    private boolean passing = true;
    private int mostOpen;

    private Registration probe(HealthCheck check, Consumer<ProbeResult> done) {
        tried.add(check);
        open.put(check, done);
        mostOpen = Math.max(mostOpen, open.size());
        if (answering) {
            done.accept(new ProbeResult(passing, "test"));
        }
        return () -> {
            open.remove(check);
            givenUp.add(check);
        };
    }

    private static HealthCheck check(int port) {
        return new HealthCheck(HealthCheck.Type.TCP, "127.0.0.1", port, Optional.empty(), SCHEDULE);
    }

    private void watch(HealthCheck... checks) {
        runner.watch(Set.of(checks));
        loop.runPosted();
    }

    private boolean healthy(int port) {
        return runner.current().isHealthy(check(port));
    }

    @Test
    void nothingIsWatchedAtFirst() {
        assertThat(runner.current()).isEqualTo(HealthVerdicts.NONE);
        assertThat(loop.isIdle()).isTrue();
    }

    @Test
    void aServiceThatAnswersIsHealthyAtOnce() {
        watch(check(1));
        assertThat(tried).hasSize(2);
        assertThat(healthy(1)).isTrue();
    }

    @Test
    void aCheckThatHasNotPassedYetIsUnhealthyAndKnown() {
        answering = false;
        watch(check(1));
        assertThat(runner.current().healthy()).containsEntry(check(1), false);
    }

    @Test
    void aServiceThatComesUpLaterIsHealthyWithTheNextTry() {
        passing = false;
        watch(check(1));
        loop.advance(Duration.ofSeconds(3));
        assertThat(healthy(1)).isFalse();
        passing = true;
        loop.advance(Duration.ofSeconds(2));
        assertThat(healthy(1)).isTrue();
    }

    @Test
    void aServiceThatStopsFallsAfterThreeFailures() {
        watch(check(1));
        loop.advance(Duration.ofSeconds(10));
        passing = false;
        int before = tried.size();
        while (healthy(1)) {
            loop.advance(Duration.ofMillis(100));
        }
        assertThat(tried.size() - before).isEqualTo(3);
        passing = true;
        loop.advance(Duration.ofSeconds(4));
        assertThat(healthy(1)).isTrue();
    }

    @Test
    void aTryThatIsNotAnsweredFailsAfterItsTimeout() {
        watch(check(1));
        answering = false;
        loop.advance(Duration.ofSeconds(20));
        assertThat(healthy(1)).isFalse();
        assertThat(open.size()).isLessThanOrEqualTo(1);
        answering = true;
        loop.advance(Duration.ofSeconds(5));
        assertThat(healthy(1)).isTrue();
    }

    @Test
    void anAnswerAfterTheTimeoutCountsForNothing() {
        answering = false;
        watch(check(1));
        Consumer<ProbeResult> late = open.get(check(1));
        loop.advance(Duration.ofMillis(1500));
        int before = tried.size();
        late.accept(ProbeResult.passed("late"));
        late.accept(ProbeResult.passed("late"));
        loop.runPosted();
        assertThat(tried).hasSize(before);
        assertThat(healthy(1)).isFalse();
    }

    @Test
    void triesStartAnIntervalApart() {
        watch(check(1));
        loop.advance(Duration.ofSeconds(2));
        int before = tried.size();
        loop.advance(Duration.ofSeconds(20));
        assertThat(tried.size() - before).isEqualTo(10);
    }

    @Test
    void whatIsNotWatchedAnyMoreIsGivenUpAndForgotten() {
        answering = false;
        watch(check(1), check(2));
        loop.advance(Duration.ofMillis(10));
        watch(check(2));
        assertThat(givenUp).containsExactly(check(1));
        assertThat(runner.current().healthy()).containsOnlyKeys(check(2));
        watch();
        assertThat(loop.isIdle()).isTrue();
        assertThat(open).isEmpty();
    }

    @Test
    void watchingTheSameAgainKeepsHistoryAndTriesNothing() {
        watch(check(1));
        HealthVerdicts before = runner.current();
        int tries = tried.size();
        watch(check(1));
        assertThat(runner.current()).isSameAs(before);
        assertThat(tried).hasSize(tries);
        watch(check(1), check(2));
        assertThat(healthy(1)).isTrue();
    }

    @Test
    void generationsGrowWithVerdictsOnly() {
        watch(check(1));
        long generation = runner.current().generation();
        loop.advance(Duration.ofSeconds(30));
        assertThat(runner.current().generation()).isEqualTo(generation);
    }

    @Test
    void aThousandChecksNeitherBurstNorWait() {
        Set<HealthCheck> many = new HashSet<>();
        for (int port = 1; port <= 1000; port++) {
            many.add(check(port));
        }
        runner.watch(many);
        loop.runPosted();
        assertThat(tried.size()).isLessThan(10);
        loop.advance(Duration.ofMillis(1100));
        assertThat(runner.current().healthy()).hasSize(1000).doesNotContainValue(false);
        for (int i = 0; i < 40; i++) {
            int before = tried.size();
            loop.advance(Duration.ofMillis(100));
            assertThat(tried.size() - before)
                    .as("tries in one of twenty parts of the interval")
                    .isLessThan(200);
        }
    }

    @Test
    void aThousandSilentServicesHoldABoundedNumberOfSockets() {
        answering = false;
        Set<HealthCheck> many = new HashSet<>();
        for (int port = 1; port <= 1000; port++) {
            many.add(check(port));
        }
        runner.watch(many);
        loop.advance(Duration.ofSeconds(20));
        assertThat(mostOpen).isLessThanOrEqualTo(256);
        assertThat(new HashSet<>(tried)).hasSize(1000);
    }

    @Test
    void closeGivesEverythingUp() {
        answering = false;
        watch(check(1));
        runner.close();
        assertThat(open).isEmpty();
        assertThat(loop.isIdle()).isTrue();
        runner.watch(Set.of(check(2)));
        loop.runPosted();
        assertThat(tried).containsExactly(check(1));
    }
}
