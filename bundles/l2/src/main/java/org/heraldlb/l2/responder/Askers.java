package org.heraldlb.l2.responder;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/**
 * Who asked for what, and when: the last {@value #CAPACITY} or so. One thread notes, without allocating or waiting; any
 * thread reads and gets no half-written entry. Whoever asked longest ago makes room, so that a flood of invented askers
 * costs no memory.
 */
public final class Askers {

    static final int CAPACITY = 1024;
    private static final int REACH = 8;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    /**
     * One who asked.
     *
     * @param mac who
     * @param high of his IP address, 0 with {@code low} 0 when he has none yet
     * @param low the lower half, all of an IPv4 address
     * @param target what he asked for
     * @param count how often
     * @param firstNanos when first, monotonic
     * @param lastNanos when last, monotonic
     */
    public record Asker(
            MacAddress mac, long high, long low, IpAddress target, long count, long firstNanos, long lastNanos) {}

    private final long[] macs = new long[CAPACITY];
    private final long[] highs = new long[CAPACITY];
    private final long[] lows = new long[CAPACITY];
    private final Claim[] targets = new Claim[CAPACITY];
    private final long[] counts = new long[CAPACITY];
    private final long[] firsts = new long[CAPACITY];
    private final long[] lasts = new long[CAPACITY];
    /** Odd while a slot is written. */
    private final AtomicIntegerArray versions = new AtomicIntegerArray(CAPACITY);

    /** On the noting thread. */
    public void note(long mac, long high, long low, Claim target, long nowNanos) {
        int home = (int) ((mac * 31 + low + target.address().low() * 17) * MIX >>> 54);
        int chosen = home;
        for (int i = 0; i < REACH; i++) {
            int slot = home + i & CAPACITY - 1;
            if (isSame(slot, mac, high, low, target)) {
                write(slot, mac, high, low, target, nowNanos, counts[slot] + 1);
                return;
            }
            if (targets[chosen] != null && (targets[slot] == null || lasts[slot] - lasts[chosen] < 0)) {
                chosen = slot;
            }
        }
        write(chosen, mac, high, low, target, nowNanos, 1);
    }

    private boolean isSame(int slot, long mac, long high, long low, Claim target) {
        Claim known = targets[slot];
        return known != null
                && macs[slot] == mac
                && lows[slot] == low
                && highs[slot] == high
                && known.address().equals(target.address());
    }

    private void write(int slot, long mac, long high, long low, Claim target, long nowNanos, long count) {
        int version = versions.getPlain(slot);
        versions.setPlain(slot, version + 1);
        VarHandle.storeStoreFence();
        macs[slot] = mac;
        highs[slot] = high;
        lows[slot] = low;
        targets[slot] = target;
        counts[slot] = count;
        firsts[slot] = count == 1 ? nowNanos : firsts[slot];
        lasts[slot] = nowNanos;
        versions.setRelease(slot, version + 2);
    }

    /** All of them, in no order. Any thread. */
    public List<Asker> askers() {
        List<Asker> all = new ArrayList<>();
        for (int slot = 0; slot < CAPACITY; slot++) {
            int version = versions.getAcquire(slot);
            Claim target = targets[slot];
            if (target == null || (version & 1) != 0) {
                continue;
            }
            Asker copy = new Asker(
                    new MacAddress(macs[slot]),
                    highs[slot],
                    lows[slot],
                    target.address(),
                    counts[slot],
                    firsts[slot],
                    lasts[slot]);
            VarHandle.loadLoadFence();
            if (versions.get(slot) == version) {
                all.add(copy);
            }
        }
        return all;
    }
}
