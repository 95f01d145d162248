package org.heraldlb.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.CrossCheckOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MergeTest {

    private static IntentFragment fragment(String source, ConfigObject... objects) {
        return new IntentFragment(source, 1, true, Arrays.asList(objects), List.of());
    }

    private static Merged merge(IntentFragment... fragments) {
        return Merge.merge(List.of(fragments), List.of(), CrossCheckOptions.DEFAULT);
    }

    @Test
    void fragmentsAddUp() {
        Merged merged = merge(
                fragment(
                        "a", pool("one", "192.0.2.0/28").build(), service("web").build()),
                fragment(
                        "b",
                        pool("two", "198.51.100.0/28").build(),
                        slice("web").build(),
                        node("n").build()));

        assertThat(merged.intent().addressing().pools())
                .extracting(ConfigObject::name)
                .containsExactly("one", "two");
        assertThat(merged.intent().services()).containsOnlyKeys(name("web"));
        assertThat(merged.intent().endpoints().get(name("web"))).hasSize(1);
        assertThat(merged.intent().cluster().nodes()).containsOnlyKeys("n");
        assertThat(merged.problems()).isEmpty();
    }

    @Test
    void theSameObjectFromTwoSourcesIsAProblemAndTheEarlierOneWins() {
        ConfigObject first = pool("one", "192.0.2.0/28").build();
        ConfigObject second = pool("one", "198.51.100.0/28").build();

        Merged merged = merge(fragment("b", first), fragment("a", second));

        assertThat(merged.intent().addressing().pools())
                .containsExactly(pool("one", "192.0.2.0/28").build());
        assertThat(merged.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("duplicateObject");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            assertThat(problem.subject()).isEqualTo("IPAddressPool one");
        });
    }

    @Test
    void theLoserTakesOverWhenTheWinnerLeaves() {
        IncrementalMerge merge = new IncrementalMerge(List.of(), CrossCheckOptions.DEFAULT);
        ConfigObject loser = service("web").labels("from=b").build();
        merge.merge(List.of(fragment("a", service("web").build()), fragment("b", loser)));

        Merged merged = merge.merge(List.of(fragment("a"), fragment("b", loser)));

        assertThat(merged.intent().services()).containsValue((ServiceIntent) loser);
        assertThat(merged.problems()).isEmpty();
    }

    @Test
    void problemsOfTheSourcesAreKept() {
        Problem problem = Problem.error("badValue", "x", "y");
        IntentFragment fragment = new IntentFragment("a", 1, true, List.of(), List.of(problem));

        assertThat(merge(fragment).problems()).containsExactly(problem);
    }

    @Test
    void nothingNewGivesTheSameIntentObject() {
        IncrementalMerge merge = new IncrementalMerge(List.of(), CrossCheckOptions.DEFAULT);
        Merged first = merge.merge(List.of(fragment(
                "a", pool("one", "192.0.2.0/28").build(), service("web").build())));

        Merged again = merge.merge(List.of(fragment(
                "a", pool("one", "192.0.2.0/28").build(), service("web").build())));
        Merged later = merge.merge(List.of(fragment(
                "a",
                pool("one", "192.0.2.0/28").build(),
                service("web").labels("a=b").build())));

        assertThat(again.intent()).isSameAs(first.intent());
        assertThat(later.intent()).isNotSameAs(first.intent());
        assertThat(later.intent().addressing()).isSameAs(first.intent().addressing());
    }

    @Test
    void aSliceThatChangesItsServiceMoves() {
        IncrementalMerge merge = new IncrementalMerge(List.of(), CrossCheckOptions.DEFAULT);
        var of = slice("web").build();
        merge.merge(List.of(fragment("a", of)));
        var moved = new EndpointSlice(of.ref(), of.origin(), name("mail"), of.endpoints());

        assertThat(merge.merge(List.of(fragment("a", moved))).intent().endpoints())
                .containsOnlyKeys(name("mail"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void afterAnyHistoryTheIntentIsThatOfAWholeMerge(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IncrementalMerge merge = new IncrementalMerge(List.of(), CrossCheckOptions.DEFAULT);
        List<IntentFragment> fragments = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            change(fragments, random);
            Merged incremental = merge.merge(fragments);
            Merged whole = Merge.merge(fragments, List.of(), CrossCheckOptions.DEFAULT);

            assertThat(incremental.intent()).as("seed %s step %s", seed, step).isEqualTo(whole.intent());
            assertThat(incremental.problems()).as("seed %s step %s", seed, step).isEqualTo(whole.problems());
        }
    }

    /** Pools that contradict each other: what was good before counts, and only the newcomer is refused. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatWasAcceptedStaysUntilItsOwnerChangesIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IncrementalMerge merge = new IncrementalMerge(List.of(), CrossCheckOptions.DEFAULT);
        SortedMap<String, ConfigObject> written = new TreeMap<>();
        Merged before = Merged.EMPTY;
        for (int step = 0; step < 200; step++) {
            String changed = "pool" + random.nextInt(6);
            if (random.nextInt(4) == 0) {
                written.remove(changed);
            } else {
                int first = random.nextInt(60);
                written.put(
                        changed,
                        pool(changed, "10.0.0." + first + "-10.0.0." + (first + random.nextInt(30)))
                                .build());
            }
            IntentFragment now = new IntentFragment("a", step, true, List.copyOf(written.values()), List.of());
            Merged incremental = merge.merge(List.of(now));
            Merged whole = Merge.merge(List.of(now), before.accepted(), CrossCheckOptions.DEFAULT);

            assertThat(incremental.intent()).as("seed %s step %s", seed, step).isEqualTo(whole.intent());
            // Of several pools in the way, the one that is named depends on who was there first.
            assertThat(incremental.problems().stream().map(Problem::subject))
                    .as("seed %s step %s", seed, step)
                    .containsExactlyElementsOf(
                            whole.problems().stream().map(Problem::subject).toList());
            assertThat(incremental.intent().addressing().pools())
                    .as("seed %s step %s: nobody else is touched", seed, step)
                    .containsAll(settled(before, written));
            noAddressIsInTwo(incremental.intent().addressing().pools());
            before = incremental;
        }
    }

    /** Pools that are as they are written; what is written otherwise waits, and may come when there is room. */
    private static List<AddressPool> settled(Merged merged, Map<String, ConfigObject> written) {
        return merged.intent().addressing().pools().stream()
                .filter(pool -> pool.equals(written.get(pool.name())))
                .toList();
    }

    private static void noAddressIsInTwo(List<AddressPool> pools) {
        for (int host = 0; host < 96; host++) {
            IpAddress address = IpAddress.parse("10.0.0." + host);
            assertThat(pools.stream().filter(pool -> pool.contains(address)).count())
                    .as("%s", address)
                    .isLessThanOrEqualTo(1);
        }
    }

    private static void change(List<IntentFragment> fragments, SplittableRandom random) {
        String source = "source" + random.nextInt(3);
        fragments.removeIf(fragment -> fragment.source().equals(source));
        if (random.nextInt(6) > 0) {
            List<ConfigObject> objects = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                objects.add(object(random));
            }
            fragments.add(
                    random.nextInt(fragments.size() + 1), new IntentFragment(source, 1, true, objects, List.of()));
        }
    }

    private static ConfigObject object(SplittableRandom random) {
        int number = random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> pool("pool" + number, "10.0." + number + ".0/24").build();
            case 1 -> service("s" + number).labels("x=" + random.nextInt(2)).build();
            case 2 ->
                slice("s" + number)
                        .suffix("" + random.nextInt(2))
                        .ready("n" + number, "1.1.1.1")
                        .build();
            default -> node("n" + number).build();
        };
    }
}
