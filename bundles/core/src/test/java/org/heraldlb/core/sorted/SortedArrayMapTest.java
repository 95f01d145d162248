package org.heraldlb.core.sorted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SortedArrayMapTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsATreeMapWithCheapCopies(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Integer, Integer> model = new TreeMap<>();
        SortedArrayMap<Integer, Integer> map = SortedArrayMap.empty();
        for (int step = 0; step < 200; step++) {
            TreeMap<Integer, Integer> changes = changes(random);
            SortedArrayMap<Integer, Integer> before = map;
            Map<Integer, Integer> modelBefore = new TreeMap<>(model);
            map = map.with(changes);
            changes.forEach((key, value) -> model.compute(key, (same, old) -> value));

            assertThat(map).as("seed %s step %s", seed, step).isEqualTo(model);
            assertThat(map.keySet()).containsExactlyElementsOf(model.keySet());
            assertThat(map.valueList()).containsExactlyElementsOf(model.values());
            assertThat(before).isEqualTo(modelBefore);
            assertThat(differences(before, map)).isEqualTo(expected(modelBefore, model));
        }
    }

    private static TreeMap<Integer, Integer> changes(SplittableRandom random) {
        TreeMap<Integer, Integer> changes = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            changes.put(random.nextInt(30), random.nextInt(3) == 0 ? null : random.nextInt(4));
        }
        return changes;
    }

    private static Map<Integer, String> differences(
            SortedArrayMap<Integer, Integer> before, SortedArrayMap<Integer, Integer> after) {
        Map<Integer, String> differences = new HashMap<>();
        before.compare(after, (key, was, is) -> differences.put(key, was + "->" + is));
        return differences;
    }

    private static Map<Integer, String> expected(Map<Integer, Integer> before, Map<Integer, Integer> after) {
        Map<Integer, String> expected = new HashMap<>();
        for (int key = 0; key < 30; key++) {
            Integer was = before.get(key);
            Integer is = after.get(key);
            if (was == null ? is != null : !was.equals(is)) {
                expected.put(key, was + "->" + is);
            }
        }
        return expected;
    }

    @Test
    void aCopyOfAnUnorderedMapIsOrdered() {
        Map<String, Integer> unordered = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            unordered.put("key" + i * 31 % 100, i);
        }
        assertThat(List.copyOf(SortedArrayMap.copyOf(unordered).keySet()))
                .isSorted()
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void addressesAndPrefixesAreInTheOrderInWhichTheyCompare(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<IpAddress, Integer> addresses = new HashMap<>();
        Map<IpPrefix, Integer> prefixes = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            IpAddress address = address(random);
            addresses.put(address, i);
            prefixes.put(new IpPrefix(address, random.nextInt(address.family().bits() + 1)), i);
        }

        assertThat(SortedArrayMap.copyOf(addresses).entrySet())
                .as("seed %s", seed)
                .containsExactlyElementsOf(new TreeMap<>(addresses).entrySet());
        assertThat(SortedArrayMap.copyOf(prefixes).entrySet())
                .as("seed %s", seed)
                .containsExactlyElementsOf(new TreeMap<>(prefixes).entrySet());
    }

    /** Of either family, with both signs of every half, and often alike. */
    private static IpAddress address(SplittableRandom random) {
        long[] halves = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()};
        return random.nextBoolean()
                ? IpAddress.v4(random.nextInt())
                : IpAddress.v6(halves[random.nextInt(6)], halves[random.nextInt(6)]);
    }

    @Test
    void aCopyOfOneIsItselfAndAChangeThatChangesNothingToo() {
        SortedArrayMap<String, Integer> map = SortedArrayMap.copyOf(Map.of("a", 1));

        assertThat(SortedArrayMap.copyOf(map)).isSameAs(map);
        assertThat(map.with(new TreeMap<>())).isSameAs(map);
        assertThat(map.with(new TreeMap<>(Map.of("a", map.get("a"))))).isSameAs(map);
        TreeMap<String, Integer> removal = new TreeMap<>();
        removal.put("b", null);
        assertThat(map.with(removal)).isSameAs(map);
    }

    @Test
    void itIsImmutable() {
        SortedArrayMap<String, Integer> map = SortedArrayMap.copyOf(Map.of("a", 1));

        assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.valueList().add(2)).isInstanceOf(UnsupportedOperationException.class);
        var end = SortedArrayMap.<String, Integer>empty().entrySet().iterator();
        assertThatThrownBy(end::next).isInstanceOf(NoSuchElementException.class);
    }
}
