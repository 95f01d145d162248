package org.heraldlb.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.system.SystemSnapshot.SourceStatus;

/**
 * What the sources said last. A source that is gone, or is back and has not read everything yet, counts with the last
 * complete fragment that it, or its predecessor of the same id, gave. The loop's.
 */
final class Sources {

    private static final Comparator<Bound> BY_PRECEDENCE =
            Comparator.comparingInt((Bound bound) -> -bound.precedence).thenComparing(bound -> bound.newest.source());

    private static final class Bound {
        private final int precedence;
        private IntentFragment newest;

        Bound(int precedence, IntentFragment newest) {
            this.precedence = precedence;
            this.newest = newest;
        }
    }

    /** @param untilNanos when a source that is gone is forgotten */
    private record Gone(int precedence, IntentFragment last, long untilNanos) {}

    private final Map<Object, Bound> bound = new HashMap<>();
    private final Map<String, IntentFragment> lastSynced = new HashMap<>();
    private final Map<String, Gone> gone = new HashMap<>();

    /** @param key of the service; the id alone is not enough while one replaces the other */
    void update(Object key, int precedence, IntentFragment fragment) {
        bound.computeIfAbsent(key, wanted -> new Bound(precedence, fragment)).newest = fragment;
        Gone back = gone.remove(fragment.source());
        if (back != null) {
            lastSynced.putIfAbsent(fragment.source(), back.last());
        }
        if (fragment.synced()) {
            lastSynced.put(fragment.source(), fragment);
        }
    }

    void remove(Object key, long untilNanos) {
        Bound left = bound.remove(key);
        if (left == null || isBound(left.newest.source())) {
            return;
        }
        IntentFragment last = lastSynced.remove(left.newest.source());
        if (last != null) {
            gone.put(last.source(), new Gone(left.precedence, last, untilNanos));
        }
    }

    private boolean isBound(String id) {
        return bound.values().stream().anyMatch(one -> one.newest.source().equals(id));
    }

    /** Forgets sources whose time is up. */
    void expire(long nowNanos) {
        gone.values().removeIf(one -> one.untilNanos() - nowNanos <= 0);
    }

    /** The fragments that count, the winner first; one for each id. */
    List<IntentFragment> effective() {
        List<Bound> all = new ArrayList<>(bound.values());
        gone.values().forEach(one -> all.add(new Bound(one.precedence(), one.last())));
        Map<String, IntentFragment> byId = new LinkedHashMap<>();
        all.stream()
                .sorted(BY_PRECEDENCE)
                .map(one -> complete(one.newest))
                .forEach(fragment -> byId.putIfAbsent(fragment.source(), fragment));
        return List.copyOf(byId.values());
    }

    /** Half a fragment could move addresses: it counts as what was complete before, or as nothing. */
    private IntentFragment complete(IntentFragment newest) {
        if (newest.synced()) {
            return newest;
        }
        IntentFragment last = lastSynced.get(newest.source());
        return new IntentFragment(
                newest.source(),
                newest.generation(),
                false,
                last == null ? List.of() : last.objects(),
                newest.problems());
    }

    /** Nanoseconds until a source is forgotten; {@link Long#MAX_VALUE} when none is awaited. */
    long nanosToNext(long nowNanos) {
        return gone.values().stream()
                .mapToLong(one -> one.untilNanos() - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean isEmpty() {
        return bound.isEmpty();
    }

    /** Every bound source has read everything, and none is awaited. */
    boolean allSynced() {
        return gone.isEmpty() && bound.values().stream().allMatch(one -> one.newest.synced());
    }

    /** Whether a source of this id has read everything. */
    boolean isSynced(String id) {
        return bound.values().stream().anyMatch(one -> one.newest.source().equals(id) && one.newest.synced());
    }

    List<SourceStatus> statuses() {
        return bound.values().stream()
                .map(one -> one.newest)
                .map(fragment -> new SourceStatus(
                        fragment.source(),
                        fragment.generation(),
                        fragment.synced(),
                        fragment.objects().size(),
                        fragment.problems().size()))
                .sorted(Comparator.comparing(SourceStatus::source))
                .toList();
    }
}
