package org.heraldlb.testkit.announcer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Plan;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.source.Awaiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every announcer keeps to. Not final: an announcer's test extends it and says how it is made and what a plan looks
 * like.
 *
 * @param <P> kind of plan
 */
public abstract class AnnouncerContract<P extends Plan> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long A_MOMENT_NANOS = Duration.ofMillis(500).toNanos();

    private Announcer<P> announcer;

    /** A started announcer that has no plan yet. */
    protected abstract Announcer<P> open() throws Exception;

    /** Stops what {@link #open} gave. May be called twice. */
    protected abstract void close(Announcer<P> opened) throws Exception;

    /** A plan of this generation with {@code size} things to announce; equal for equal arguments. */
    protected abstract P plan(long generation, int size);

    @BeforeEach
    final void openAnnouncer() throws Exception {
        announcer = open();
    }

    @AfterEach
    final void closeAnnouncer() throws Exception {
        close(announcer);
    }

    @Test
    final void beforeTheFirstPlanTheObservedGenerationIsMinusOne() {
        assertThat(announcer.status().current().observedGeneration()).isEqualTo(-1);
    }

    @Test
    final void itReportsTheGenerationThatItActedUpon() {
        announcer.apply(plan(7, 2));

        assertThat(awaitGeneration(7).observedGeneration()).isEqualTo(7);
    }

    @Test
    final void aPlanWithTheSameContentAndANewGenerationIsObserved() {
        announcer.apply(plan(1, 2));
        awaitGeneration(1);

        announcer.apply(plan(2, 2));

        assertThat(awaitGeneration(2).observedGeneration()).isEqualTo(2);
    }

    @Test
    final void theSamePlanTwiceIsFine() {
        announcer.apply(plan(1, 2));
        announcer.apply(plan(1, 2));
        announcer.apply(plan(2, 2));

        assertThat(awaitGeneration(2).observedGeneration()).isEqualTo(2);
    }

    @Test
    final void anEmptyPlanIsObserved() {
        announcer.apply(plan(1, 3));
        awaitGeneration(1);

        announcer.apply(plan(2, 0));

        assertThat(awaitGeneration(2).announcements()).isEmpty();
    }

    @Test
    final void ofManyPlansAtOnceTheLastOneCounts() {
        List<Long> seen = new CopyOnWriteArrayList<>();
        announcer.status().observe(status -> seen.add(status.observedGeneration()));

        for (int generation = 1; generation <= 100; generation++) {
            announcer.apply(plan(generation, generation % 4));
        }

        awaitGeneration(100);
        assertThat(seen).isSorted();
    }

    @Test
    final void applyReturnsAtOnce() {
        announcer.apply(plan(1, 1));
        long before = Ticker.SYSTEM.nanos();

        announcer.apply(plan(2, 3));

        assertThat(Ticker.SYSTEM.nanos() - before).isLessThan(A_MOMENT_NANOS);
    }

    @Test
    final void afterCloseAPlanDoesNothing() throws Exception {
        announcer.apply(plan(1, 1));
        awaitGeneration(1);
        close(announcer);

        announcer.apply(plan(2, 1));

        assertThat(announcer.status().current().observedGeneration()).isLessThan(2);
    }

    @Test
    final void closingTwiceIsFine() throws Exception {
        close(announcer);
        close(announcer);
    }

    private AnnouncerStatus awaitGeneration(long generation) {
        return Awaiting.value(announcer.status(), status -> status.observedGeneration() >= generation, PATIENCE);
    }
}
