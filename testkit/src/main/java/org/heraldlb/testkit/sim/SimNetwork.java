package org.heraldlb.testkit.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * A network of nodes with clocks of their own, in which messages are late, lost and overtake each other, links fail one
 * way or both, and nodes freeze and end. Everything comes from one seed: the same seed is the same history.
 *
 * @param <M> what nodes send each other
 */
public final class SimNetwork<M> {

    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Host<M>> hosts = new ArrayList<>();
    private final Set<Long> blocked = new HashSet<>();
    private double loss;
    private long leastDelay = 100_000;
    private long mostDelay = 1_000_000;
    private long now;
    private long sequence;

    private record Event(long at, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private static final class Host<M> {
        private SimNode<M> node;
        private final long offset;
        private final double rate;
        private long frozenUntil;
        private long life;
        private long alarm = Long.MAX_VALUE;
        private boolean running = true;

        Host(long offset, double rate) {
            this.offset = offset;
            this.rate = rate;
        }
    }

    public SimNetwork(long seed) {
        random = new Random(seed);
    }

    /** For the scenario's own choices. */
    public Random random() {
        return random;
    }

    /**
     * A place for a node; start it with {@link #start}.
     *
     * @param rate of its clock, 1 for true
     * @return its number, from 0
     */
    public int add(double rate) {
        // Some clocks are about to overflow, as System.nanoTime may be.
        long offset = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt() : random.nextLong() >> 2;
        hosts.add(new Host<>(offset, rate));
        return hosts.size() - 1;
    }

    /** Starts a new process at a place; what was sent to the one before still arrives. */
    public void start(int place, SimNode<M> node) {
        Host<M> host = hosts.get(place);
        host.node = node;
        host.running = true;
        host.life++;
        host.frozenUntil = now;
        host.alarm = Long.MAX_VALUE;
        rearm(host);
    }

    /** Ends the process at a place. */
    public void stop(int place) {
        hosts.get(place).running = false;
        hosts.get(place).life++;
    }

    /** Nothing runs there until {@code period} is over; what arrives waits. */
    public void freeze(int place, Duration period) {
        Host<M> host = hosts.get(place);
        host.frozenUntil = Math.max(host.frozenUntil, now + period.toNanos());
    }

    public boolean runs(int place) {
        return hosts.get(place).running && hosts.get(place).frozenUntil <= now;
    }

    /** True when the process at a place has not ended; it may be frozen. */
    public boolean exists(int place) {
        return hosts.get(place).running;
    }

    /** @param part of the messages, 0 to 1 */
    public void loss(double part) {
        loss = part;
    }

    public void delay(Duration least, Duration most) {
        leastDelay = least.toNanos();
        mostDelay = most.toNanos();
    }

    /** Nothing gets from one place to the other any more; the other direction is not touched. */
    public void block(int from, int to) {
        blocked.add(link(from, to));
    }

    public boolean isBlocked(int from, int to) {
        return blocked.contains(link(from, to));
    }

    public void healAll() {
        blocked.clear();
    }

    private static long link(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Sends a message, which may get lost. */
    public void send(int from, int to, M message) {
        if (isBlocked(from, to) || random.nextDouble() < loss) {
            return;
        }
        Host<M> host = hosts.get(to);
        after(leastDelay + (long) (random.nextDouble() * (mostDelay - leastDelay)), () -> deliver(host, message));
    }

    private void deliver(Host<M> host, M message) {
        if (!host.running || host.node == null) {
            return;
        }
        if (host.frozenUntil > now) {
            after(host.frozenUntil - now, () -> deliver(host, message));
            return;
        }
        host.node.receive(message, local(host));
        rearm(host);
    }

    private void rearm(Host<M> host) {
        long life = host.life;
        long ahead = (long) Math.ceil(Math.max(0, host.node.deadline() - local(host)) / host.rate);
        long at = now + ahead;
        if (at < host.alarm || host.alarm <= now) {
            host.alarm = at;
            after(ahead, () -> alarm(host, life, at));
        }
    }

    private void alarm(Host<M> host, long life, long at) {
        if (host.life != life || host.alarm != at) {
            return;
        }
        if (host.frozenUntil > now) {
            long resumed = host.frozenUntil;
            host.alarm = resumed;
            after(resumed - now, () -> alarm(host, life, resumed));
            return;
        }
        if (host.node.deadline() - local(host) <= 0) {
            host.node.wake(local(host));
        }
        host.alarm = Long.MAX_VALUE;
        rearm(host);
    }

    /** Runs {@code action} on a place's process after a time, unless it has ended by then; frozen ones do it late. */
    public void later(int place, Duration delay, Runnable action) {
        Host<M> host = hosts.get(place);
        long life = host.life;
        after(delay.toNanos(), () -> resume(host, life, action));
    }

    private void resume(Host<M> host, long life, Runnable action) {
        if (host.life != life) {
            return;
        }
        if (host.frozenUntil > now) {
            after(host.frozenUntil - now, () -> resume(host, life, action));
            return;
        }
        action.run();
        rearm(host);
    }

    /** Runs {@code action} after a time, whatever the nodes do. */
    public void after(Duration delay, Runnable action) {
        after(delay.toNanos(), action);
    }

    private void after(long nanos, Runnable action) {
        events.add(new Event(now + nanos, sequence++, action));
    }

    /** What the clock at a place shows. */
    public long clock(int place) {
        return local(hosts.get(place));
    }

    private long local(Host<M> host) {
        return host.offset + (long) (now * host.rate);
    }

    /** True time since the beginning. */
    public Duration now() {
        return Duration.ofNanos(now);
    }

    /** Lets time pass; {@code invariant} is checked after each event. */
    public void run(Duration period, Runnable invariant) {
        long end = now + period.toNanos();
        while (!events.isEmpty() && events.peek().at <= end) {
            Event next = events.poll();
            now = next.at;
            next.action.run();
            invariant.run();
        }
        now = end;
        invariant.run();
    }
}
