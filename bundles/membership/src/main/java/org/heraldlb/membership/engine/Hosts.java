package org.heraldlb.membership.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.heraldlb.membership.protocol.Self;
import org.heraldlb.runtime.EventLoop;

/**
 * Asks the hosts of silent nodes for a sign of life. A process that gets no time is silent, its kernel is not; a node that
 * is cut off or without power is silent altogether. Only hosts that answer in good times, and quickly, are asked: where
 * pings are filtered silence proves nothing. The loop owns it.
 */
final class Hosts implements AutoCloseable {

    private static final String TIMER = "hosts";
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 4 * Self.MOST;
    /** Questions to one silent host, spread over the first half of its time. */
    private static final int QUESTIONS = 4;

    /** Whom it tells, on the loop. */
    interface Superior {

        /** Places that are alive. */
        Collection<String> alive();

        void reachable(String place);

        void unreachable(String place, long question);
    }

    private final EventLoop loop;
    private final Executor threads;
    private final Ping ping;
    private final long patience;
    private final Superior superior;
    private final Map<String, Acquaintance> known = new HashMap<>();
    private boolean closed;

    /** {@code threads} may refuse; {@code patience} is how long a silent host has, in nanoseconds. */
    Hosts(EventLoop loop, Executor threads, Ping ping, long patience, Superior superior) {
        this.loop = loop;
        this.threads = threads;
        this.ping = ping;
        this.patience = patience;
        this.superior = superior;
    }

    /** Gets to know the hosts from now on. */
    void start() {
        long now = loop.ticker().nanos();
        if (known.size() > MOST) {
            known.clear();
        }
        for (String place : superior.alive()) {
            Acquaintance host = known.computeIfAbsent(place, added -> new Acquaintance(now));
            if (now - host.nextNanos >= 0) {
                host.nextNanos = now + AGAIN_NANOS;
                getToKnow(place, host);
            }
        }
        loop.reschedule(TIMER, now + LOOK_NANOS, this::start);
    }

    private void getToKnow(String place, Acquaintance host) {
        run(() -> {
            long asked = loop.ticker().nanos();
            boolean answered = ping.answers(place, patience);
            long took = loop.ticker().nanos() - asked;
            loop.execute(() -> host.met(answered, took));
        });
    }

    /** Asks a host whose process is silent; {@link Superior} hears what became of it. */
    void ask(String place, long question) {
        Acquaintance host = known.get(place);
        if (host == null || !host.isQuickerThan(patience / QUESTIONS)) {
            loop.execute(() -> told(place, question, true));
            return;
        }
        Inquiry inquiry = new Inquiry(place, question, loop.ticker().nanos());
        for (int number = 0; number < QUESTIONS; number++) {
            long pause = number * patience / 2 / QUESTIONS;
            if (!run(() -> inquiry.ask(pause))) {
                inquiry.answered(true);
            }
        }
    }

    private boolean run(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException busy) {
            return false;
        }
    }

    private void told(String place, long question, boolean reachable) {
        if (closed) {
            return;
        }
        if (reachable) {
            superior.reachable(place);
        } else {
            superior.unreachable(place, question);
        }
    }

    /** Some questions to one host, of which one answer is enough. */
    private final class Inquiry {
        private final String place;
        private final long question;
        private final long begun;
        private final AtomicInteger left = new AtomicInteger(QUESTIONS);

        Inquiry(String place, long question, long begun) {
            this.place = place;
            this.question = question;
            this.begun = begun;
        }

        void ask(long pause) {
            answered(left.get() <= 0 || ping.after(pause).answers(place, patience - pause));
        }

        /** The first answer counts, or the last silence. */
        void answered(boolean reachable) {
            boolean first = reachable ? left.getAndSet(0) > 0 : left.decrementAndGet() == 0;
            if (first) {
                // Whoever was late himself may have missed the answer.
                boolean late = loop.ticker().nanos() - begun > 2 * patience;
                loop.execute(() -> told(place, question, reachable || late));
            }
        }
    }

    /** How a host answered lately. */
    private static final class Acquaintance {
        private static final int REMEMBERED = 3;

        private final long[] took = new long[REMEMBERED];
        private long nextNanos;
        private int met;
        private boolean answers;

        Acquaintance(long nowNanos) {
            nextNanos = nowNanos;
        }

        void met(boolean answered, long nanos) {
            answers = answered;
            took[met++ % REMEMBERED] = answered ? nanos : Long.MAX_VALUE;
        }

        boolean isQuickerThan(long nanos) {
            boolean quick = false;
            for (int i = 0; i < Math.min(met, REMEMBERED); i++) {
                quick |= took[i] < nanos;
            }
            return answers && quick;
        }
    }

    @Override
    public void close() {
        closed = true;
        loop.cancel(TIMER);
    }
}
