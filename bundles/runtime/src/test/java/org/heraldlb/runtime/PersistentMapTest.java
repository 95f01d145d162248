package org.heraldlb.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {

    @Test
    void is_empty_at_first() {
        assertThat(PersistentMap.<String, String>empty().isEmpty()).isTrue();
        assertThat(PersistentMap.<String, String>empty().get("a")).isNull();
    }

    @Test
    void a_changed_copy_leaves_the_original_as_it_is() {
        PersistentMap<String, Integer> one =
                PersistentMap.<String, Integer>empty().with("a", 1);
        PersistentMap<String, Integer> two = one.with("b", 2).with("a", 3);
        assertThat(one).containsExactly(Map.entry("a", 1));
        assertThat(two).containsExactly(Map.entry("a", 3), Map.entry("b", 2));
        assertThat(two.without("a")).containsExactly(Map.entry("b", 2));
    }

    @Test
    void no_change_returns_the_same_map() {
        Integer value = 1000;
        PersistentMap<String, Integer> map =
                PersistentMap.<String, Integer>empty().with("a", value);
        assertThat(map.with("a", value)).isSameAs(map);
        assertThat(map.without("b")).isSameAs(map);
        assertThat(PersistentMap.of(map)).isSameAs(map);
    }

    @Test
    void is_made_of_any_map_in_key_order() {
        Map<String, Integer> unordered = new java.util.LinkedHashMap<>();
        unordered.put("b", 2);
        unordered.put("a", 1);
        assertThat(PersistentMap.of(unordered)).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
        assertThatThrownBy(() -> PersistentMap.ofSorted(new ArrayList<>(unordered.entrySet())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_to_be_changed() {
        PersistentMap<String, Integer> map =
                PersistentMap.<String, Integer>empty().with("a", 1);
        assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behaves_as_a_tree_map_over_random_histories(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Integer, Object> model = new TreeMap<>();
        PersistentMap<Integer, Object> map = PersistentMap.empty();
        for (int step = 0; step < 5_000; step++) {
            int key = random.nextInt(300);
            PersistentMap<Integer, Object> before = map;
            TreeMap<Integer, Object> modelBefore = new TreeMap<>(step % 100 == 0 ? model : Map.of());
            if (random.nextInt(3) == 0) {
                model.remove(key);
                map = map.without(key);
            } else {
                Object value = new Object();
                model.put(key, value);
                map = map.with(key, value);
            }
            assertThat(map.get(key)).as("seed %d step %d", seed, step).isEqualTo(model.get(key));
            if (step % 100 == 0) {
                assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(model.entrySet()));
                assertThat(replay(modelBefore, before, map)).isEqualTo(model);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void the_difference_turns_one_version_into_the_other(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            PersistentMap<Integer, Object> before = random(random, PersistentMap.empty(), 200);
            PersistentMap<Integer, Object> after = random(random, before, random.nextInt(100));
            assertThat(replay(new TreeMap<>(before), before, after))
                    .as("seed %d", seed)
                    .isEqualTo(after);
        }
    }

    @Test
    void a_difference_costs_what_changed() {
        List<Map.Entry<CountingKey, Integer>> entries = new ArrayList<>();
        int[] compared = {0};
        for (int i = 0; i < 100_000; i++) {
            entries.add(Map.entry(new CountingKey(i, compared), i));
        }
        PersistentMap<CountingKey, Integer> before = PersistentMap.ofSorted(entries);
        PersistentMap<CountingKey, Integer> after = before;
        for (int i = 0; i < 100; i++) {
            after = after.with(new CountingKey(i * 997, compared), -1).without(new CountingKey(i * 991 + 5, compared));
        }
        compared[0] = 0;
        List<CountingKey> changed = new ArrayList<>();
        PersistentMap.diff(before, after, (key, was, is) -> changed.add(key));
        assertThat(changed).hasSizeBetween(190, 200);
        assertThat(compared[0]).isLessThan(200 * 60);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void many_at_once_are_as_one_after_the_other_and_stay_balanced(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] compared = {0};
        PersistentMap<CountingKey, Integer> map = PersistentMap.empty();
        TreeMap<CountingKey, Integer> model = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            TreeMap<CountingKey, Integer> added = new TreeMap<>();
            int start = random.nextInt(10_000);
            int spread = 1 + random.nextInt(3_000);
            for (int i = 0; i < random.nextInt(800); i++) {
                added.put(new CountingKey(start + random.nextInt(spread), compared), random.nextInt(3));
            }
            map = map.withAll(new ArrayList<>(added.entrySet()));
            model.putAll(added);
            assertThat(new ArrayList<>(map.entrySet()))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(new ArrayList<>(model.entrySet()));
            assertThat(map.withAll(new ArrayList<>(added.entrySet()))).isSameAs(map);
        }
        for (CountingKey key : model.keySet()) {
            compared[0] = 0;
            map.get(key);
            assertThat(compared[0]).as("seed %d", seed).isLessThan(34);
        }
    }

    @Test
    void stays_balanced_when_keys_arrive_in_order() {
        int[] compared = {0};
        PersistentMap<CountingKey, Integer> map = PersistentMap.empty();
        for (int i = 0; i < 10_000; i++) {
            map = map.with(new CountingKey(i, compared), i);
        }
        compared[0] = 0;
        map.get(new CountingKey(9_999, compared));
        assertThat(compared[0]).isLessThan(34);
    }

    private static PersistentMap<Integer, Object> random(
            SplittableRandom random, PersistentMap<Integer, Object> from, int steps) {
        PersistentMap<Integer, Object> map = from;
        for (int i = 0; i < steps; i++) {
            int key = random.nextInt(400);
            map = random.nextBoolean() ? map.with(key, new Object()) : map.without(key);
        }
        return map;
    }

    private static Map<Integer, Object> replay(
            Map<Integer, Object> model, PersistentMap<Integer, Object> before, PersistentMap<Integer, Object> after) {
        PersistentMap.diff(before, after, (key, was, is) -> {
            assertThat(model.get(key)).isSameAs(was);
            if (is == null) {
                model.remove(key);
            } else {
                model.put(key, is);
            }
        });
        return model;
    }

    private record CountingKey(int value, int[] compared) implements Comparable<CountingKey> {
        @Override
        public int compareTo(CountingKey other) {
            compared[0]++;
            return Integer.compare(value, other.value);
        }
    }
}
