package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.ipam.AllocationRules;
import org.junit.jupiter.api.Test;

/**
 * Random histories. {@code -Dherald.ipam.histories=10000} runs that many, {@code -Dherald.ipam.seed=N} starts at another
 * seed.
 */
class RandomHistoryTest {

    private static final int STEPS = 60;

    private final long histories = Long.getLong("herald.ipam.histories", 300);
    private final long firstSeed = Long.getLong("herald.ipam.seed", 1);

    @Test
    void one_that_remembers_decides_as_one_that_does_not() {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            RandomHistory history = new RandomHistory(seed);
            RememberingIpam remembering = new RememberingIpam();
            for (int step = 0; step < STEPS; step++) {
                history.step();
                AllocationRequest request = history.request();
                AllocationResult result = remembering.allocate(request);
                AllocationResult whole = new RememberingIpam().allocate(request);
                if (!result.equals(whole)) {
                    assertThat(result).as("seed %d step %d", seed, step).isEqualTo(whole);
                }
                history.adopt(result);
            }
        }
    }

    @Test
    void every_rule_holds_over_ten_thousand_steps() {
        RandomHistory history = new RandomHistory(firstSeed);
        RememberingIpam ipam = new RememberingIpam();
        for (int step = 0; step < 10_000; step++) {
            history.step();
            AllocationRequest request = history.request();
            AllocationResult result = ipam.allocate(request);
            AllocationRules.check(request, result, "seed " + firstSeed + " step " + step);
            history.adopt(result);
        }
    }

    @Test
    void a_restart_loses_no_address_and_the_order_of_arrival_makes_no_difference() {
        for (long seed = firstSeed; seed < firstSeed + 100; seed++) {
            RandomHistory history = new RandomHistory(seed);
            for (int step = 0; step < 30; step++) {
                history.step();
            }
            AllocationRequest request = history.request();
            AllocationResult before = new RememberingIpam().allocate(request);
            AllocationRequest restarted = with(request, before, new Random(seed));
            AllocationResult after = new RememberingIpam().allocate(restarted);
            assertThat(after.allocations()).as("seed %d", seed).isEqualTo(before.allocations());
            assertThat(after.failures().keySet())
                    .as("seed %d", seed)
                    .isEqualTo(before.failures().keySet());
        }
    }

    private static AllocationRequest with(AllocationRequest request, AllocationResult result, Random random) {
        Map<NamespacedName, List<IpAddress>> held = new LinkedHashMap<>();
        result.allocations().forEach((name, allocation) -> held.put(name, allocation.addresses()));
        return new AllocationRequest(
                request.addressing(),
                request.namespaces(),
                shuffled(request.services(), random),
                shuffled(held, random),
                request.released(),
                request.now(),
                request.loadBalancerClass());
    }

    private static <K, V> Map<K, V> shuffled(Map<K, V> map, Random random) {
        List<K> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        Map<K, V> shuffled = new LinkedHashMap<>();
        keys.forEach(key -> shuffled.put(key, map.get(key)));
        return shuffled;
    }
}
