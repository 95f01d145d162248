package org.heraldlb.hostlinux.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.hostlinux.health.verdict.CheckState;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when each check is tried and publishes the verdicts. The first try of a new check comes at once and, while it
 * passes, the next ones too, so that a healthy service counts after {@code rise} round trips. Many new checks start a
 * millisecond apart, and each has a phase of its own from then on, so that they never come in bursts.
 */
public final class HealthRunner implements HealthChecker, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthRunner.class);
    private static final long APART_NANOS = Duration.ofMillis(1).toNanos();
    /** So many tries at a time: each holds a socket until it is answered or times out. */
    private static final int MOST_TRIES = 256;

    private final Prober prober;
    private final RandomGenerator random;
    private final EventLoop loop;
    private final LatestWins<Set<HealthCheck>> wanted;
    private final SnapshotCell<HealthVerdicts> verdicts = new SnapshotCell<>(HealthVerdicts.NONE);
    private final Map<HealthCheck, Watched> checks = new LinkedHashMap<>();
    private final Set<Watched> waiting = new LinkedHashSet<>();
    private int tries;
    private long sequence;

    /** One check. The loop owns it. */
    private static final class Watched {
        private final HealthCheck check;
        private final String tag;
        private CheckState state = CheckState.STARTING;
        private Registration attempt;
        private long attemptId;
        private long startedNanos;
        private boolean phased;

        private Watched(HealthCheck check, String tag) {
            this.check = check;
            this.tag = tag;
        }
    }

    /** The runner owns {@code loop} from here on. */
    public HealthRunner(Prober prober, RandomGenerator random, EventLoop loop) {
        this.prober = prober;
        this.random = random;
        this.loop = loop;
        this.wanted = new LatestWins<>(loop, this::reconcile);
    }

    @Override
    public void watch(Set<HealthCheck> wantedChecks) {
        wanted.offer(Set.copyOf(wantedChecks));
    }

    private void reconcile(Set<HealthCheck> now) {
        loop.assertInLoop();
        checks.values().stream().filter(watched -> !now.contains(watched.check)).forEach(this::stop);
        checks.keySet().retainAll(now);
        long at = loop.ticker().nanos();
        for (HealthCheck check : now) {
            if (!checks.containsKey(check)) {
                Watched watched = new Watched(check, "try " + sequence++);
                checks.put(check, watched);
                loop.schedule(watched.tag, at, () -> attempt(watched));
                at += APART_NANOS;
            }
        }
        publish();
    }

    private void stop(Watched watched) {
        loop.cancel(watched.tag);
        waiting.remove(watched);
        giveUp(watched);
    }

    private void giveUp(Watched watched) {
        if (watched.attempt != null) {
            watched.attempt.close();
            watched.attempt = null;
            tries--;
            waiting.stream().findFirst().ifPresent(first -> {
                waiting.remove(first);
                loop.schedule(first.tag, loop.ticker().nanos(), () -> attempt(first));
            });
        }
    }

    private void attempt(Watched watched) {
        long now = loop.ticker().nanos();
        if (tries >= MOST_TRIES) {
            waiting.add(watched);
            return;
        }
        tries++;
        watched.startedNanos = now;
        long id = ++watched.attemptId;
        Duration timeout = watched.check.schedule().timeout();
        loop.reschedule(
                watched.tag,
                now + timeout.toNanos(),
                () -> result(watched, id, ProbeResult.failed("no answer within " + timeout.toMillis() + " ms")));
        watched.attempt = prober.probe(watched.check, result -> loop.execute(() -> result(watched, id, result)));
    }

    private void result(Watched watched, long id, ProbeResult result) {
        if (watched.attempt == null || watched.attemptId != id) {
            return;
        }
        giveUp(watched);
        CheckState before = watched.state;
        watched.state = before.after(result.success(), watched.check.schedule());
        long now = loop.ticker().nanos();
        loop.reschedule(watched.tag, nextTry(watched, now), () -> attempt(watched));
        if (before.healthy() != watched.state.healthy()) {
            HealthLog.turned(watched.check, watched.state.healthy(), result);
            publish();
        } else if (!before.settled() && watched.state.settled()) {
            HealthLog.turned(watched.check, false, result);
        }
    }

    /** The first regular pause is shorter by a random part: that is the check's phase. */
    private long nextTry(Watched watched, long now) {
        long next = watched.state.nextTryNanos(watched.check.schedule(), watched.startedNanos, now);
        if (watched.phased || watched.state.isEager()) {
            return next;
        }
        watched.phased = true;
        return now + (long) ((next - now) * (0.5 + 0.5 * random.nextDouble()));
    }

    private void publish() {
        Map<HealthCheck, Boolean> healthy = new HashMap<>();
        checks.forEach((check, watched) -> healthy.put(check, watched.state.healthy()));
        HealthVerdicts before = verdicts.current();
        if (!healthy.equals(before.healthy())) {
            verdicts.set(new HealthVerdicts(before.generation() + 1, healthy));
            LOG.debug(
                    "{} checks, {} healthy",
                    healthy.size(),
                    healthy.values().stream().filter(good -> good).count());
        }
    }

    @Override
    public HealthVerdicts current() {
        return verdicts.current();
    }

    @Override
    public Registration observe(Consumer<? super HealthVerdicts> observer) {
        return verdicts.observe(observer);
    }

    /** Gives all tries up and ends the loop. */
    @Override
    public void close() {
        loop.execute(() -> checks.values().forEach(this::stop));
        loop.close();
    }
}
