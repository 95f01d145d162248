package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.heraldlb.runtime.Ticker;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    /** A rehearsal that quietly does nothing would be found by nobody. */
    @Test
    void two_speakers_talk_and_the_thread_ends() throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        Thread thread = rehearsal.begin(Ticker.SYSTEM);
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thread.isAlive()).isFalse();
        assertThat(rehearsal.rounds()).isPositive();
    }
}
