package org.heraldlb.membership.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

class HostsTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final String PEER = "192.0.2.2";

    private final ManualLoop loop = new ManualLoop();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Map<String, Duration> delays = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> alive = new ArrayList<>(List.of(PEER));
    private boolean refuses;

    private final Executor executor = task -> {
        if (refuses) {
            throw new RejectedExecutionException();
        }
        threads.add(task);
    };

    /** Hosts answer after the delay that is theirs, and without one never. */
    private final Ping network = new Ping() {
        @Override
        public boolean answers(String place, long nanos) {
            Duration delay = delays.get(place);
            boolean answered = delay != null && delay.toNanos() < nanos;
            // Questions overlap on real threads: only the time of answers is counted here.
            loop.ticker().advance(answered ? delay : Duration.ZERO);
            return answered;
        }

        @Override
        public Ping after(long pauseNanos) {
            return this;
        }
    };

    private final Hosts hosts = new Hosts(loop, executor, network, PATIENCE.toNanos(), new Hosts.Superior() {
        @Override
        public Collection<String> alive() {
            return alive;
        }

        @Override
        public void reachable(String place) {
            told.add(place + " reachable");
        }

        @Override
        public void unreachable(String place, long question) {
            told.add(place + " unreachable " + question);
        }
    });

    private void threads() {
        for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
            task.run();
        }
        loop.runPosted();
    }

    private void knows(Duration delay) {
        delays.put(PEER, delay);
        hosts.start();
        threads();
    }

    private void ask() {
        hosts.ask(PEER, 7);
        loop.runPosted();
    }

    @Test
    void aHostThatFallsSilentIsUnreachable() {
        knows(Duration.ofMillis(1));
        delays.clear();
        ask();
        assertThat(threads).hasSize(4);
        threads();
        assertThat(told).containsExactly(PEER + " unreachable 7");
    }

    @Test
    void oneAnswerIsEnough() {
        knows(Duration.ofMillis(1));
        ask();
        threads();
        assertThat(told).containsExactly(PEER + " reachable");
    }

    @Test
    void aHostThatNeverAnsweredProvesNothingBySilence() {
        delays.clear();
        hosts.start();
        threads();
        ask();
        assertThat(told).containsExactly(PEER + " reachable");
        assertThat(threads).isEmpty();
    }

    @Test
    void neitherDoesASlowOne() {
        knows(Duration.ofMillis(30));
        ask();
        assertThat(told).containsExactly(PEER + " reachable");
    }

    @Test
    void norOneThatIsNotKnownYet() {
        ask();
        assertThat(told).containsExactly(PEER + " reachable");
    }

    @Test
    void whoCannotAskCountsAsAnswered() {
        knows(Duration.ofMillis(1));
        refuses = true;
        ask();
        assertThat(told).containsExactly(PEER + " reachable");
    }

    @Test
    void whoWasLateHimselfProvesNothing() {
        knows(Duration.ofMillis(1));
        delays.clear();
        ask();
        loop.ticker().advance(Duration.ofSeconds(1));
        threads();
        assertThat(told).containsExactly(PEER + " reachable");
    }

    @Test
    void hostsAreMetAgainNowAndThen() {
        knows(Duration.ofMillis(1));
        loop.advance(Duration.ofSeconds(9));
        assertThat(threads).isEmpty();
        loop.advance(Duration.ofSeconds(2));
        assertThat(threads).hasSize(1);
    }

    @Test
    void aNewHostIsMetSoon() {
        alive.clear();
        hosts.start();
        assertThat(threads).isEmpty();
        alive.add(PEER);
        loop.advance(Duration.ofSeconds(1));
        assertThat(threads).hasSize(1);
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        knows(Duration.ofMillis(1));
        ask();
        hosts.close();
        threads();
        assertThat(told).isEmpty();
    }
}
