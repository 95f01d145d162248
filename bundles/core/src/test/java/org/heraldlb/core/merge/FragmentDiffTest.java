package org.heraldlb.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a list, the changes are those that two maps would show. */
final class FragmentDiffTest {

    private static final int NAMES = 2000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void changesAreThoseOfTwoMaps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FragmentDiff diff = new FragmentDiff();
        List<ConfigObject> list = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            Map<ObjectRef, ConfigObject> before = byRef(list);
            edit(list, random);
            Map<ObjectRef, ConfigObject> told = new HashMap<>();
            diff.next(List.copyOf(list), told::put);

            assertThat(told).as("seed %s step %s", seed, step).isEqualTo(difference(before, byRef(list)));
        }
    }

    private static void edit(List<ConfigObject> list, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0 -> insertRun(list, random);
            case 1 -> removeSome(list, random);
            case 2 -> list.replaceAll(one -> random.nextInt(50) == 0 ? changed(one, random) : one);
            case 3 -> {
                insertRun(list, random);
                removeSome(list, random);
                list.replaceAll(one -> random.nextInt(300) == 0 ? changed(one, random) : one);
            }
            default -> Collections.shuffle(list, new Random(random.nextLong()));
        }
    }

    /** Some with names that are there already: the first of two counts. */
    private static void insertRun(List<ConfigObject> list, SplittableRandom random) {
        int place = random.nextInt(list.size() + 1);
        int first = random.nextInt(NAMES);
        boolean twice = random.nextInt(4) == 0;
        Map<ObjectRef, ConfigObject> there = byRef(list);
        int count = random.nextInt(600);
        for (int number = first; number < first + count; number++) {
            ConfigObject fresh = service("s" + number).build();
            if (twice || !there.containsKey(fresh.ref())) {
                list.add(place++, fresh);
            }
        }
    }

    private static void removeSome(List<ConfigObject> list, SplittableRandom random) {
        int from = random.nextInt(list.size() + 1);
        list.subList(from, from + random.nextInt(list.size() - from + 1) / 3).clear();
        list.removeIf(one -> random.nextInt(80) == 0);
    }

    private static ConfigObject changed(ConfigObject one, SplittableRandom random) {
        return service(one.name()).labels("x=" + random.nextInt(3)).build();
    }

    private static Map<ObjectRef, ConfigObject> byRef(List<ConfigObject> list) {
        Map<ObjectRef, ConfigObject> found = new HashMap<>();
        list.forEach(one -> found.putIfAbsent(one.ref(), one));
        return found;
    }

    private static Map<ObjectRef, ConfigObject> difference(
            Map<ObjectRef, ConfigObject> before, Map<ObjectRef, ConfigObject> after) {
        Map<ObjectRef, ConfigObject> found = new HashMap<>();
        before.keySet().stream().filter(ref -> !after.containsKey(ref)).forEach(ref -> found.put(ref, null));
        after.forEach((ref, object) -> {
            if (!object.equals(before.get(ref))) {
                found.put(ref, object);
            }
        });
        return found;
    }
}
