package org.heraldlb.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every source keeps to. Not final: a source's test extends it and says how pools are written and taken away where
 * that source reads them.
 */
public abstract class IntentSourceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private IntentSource source;

    /** A started source over an empty, existing place. */
    protected abstract IntentSource open() throws Exception;

    /** Writes a pool called {@code name} with the one range {@code cidr}, or changes it. */
    protected abstract void writePool(String name, String cidr) throws Exception;

    /** Takes the pool away. */
    protected abstract void removePool(String name) throws Exception;

    /** Writes something that cannot be read as a pool, under {@code name}. */
    protected abstract void writeGarbage(String name) throws Exception;

    /** Stops the source that {@link #open} gave. */
    protected abstract void close(IntentSource opened) throws Exception;

    @BeforeEach
    final void openSource() throws Exception {
        source = open();
    }

    @AfterEach
    final void closeSource() throws Exception {
        close(source);
    }

    @Test
    final void itSyncsEvenWhenThereIsNothingToRead() {
        assertThat(await(IntentFragment::synced).objects()).isEmpty();
    }

    @Test
    final void itsFragmentsCarryItsId() throws Exception {
        writePool("one", "192.0.2.0/28");

        IntentFragment fragment = await(this::hasPoolOne);

        assertThat(fragment.source()).isEqualTo(source.id());
        assertThat(fragment.objects())
                .allSatisfy(object -> assertThat(object.origin().source()).isEqualTo(source.id()));
    }

    @Test
    final void anObserverIsToldTheCurrentFragmentBeforeObserveReturns() {
        List<IntentFragment> seen = new CopyOnWriteArrayList<>();

        source.observe(seen::add).close();

        assertThat(seen).isNotEmpty();
    }

    @Test
    final void generationsGrowAndNoObjectComesTwice() throws Exception {
        List<IntentFragment> seen = new CopyOnWriteArrayList<>();
        Registration observation = source.observe(seen::add);

        writePool("one", "192.0.2.0/28");
        await(this::hasPoolOne);
        writePool("one", "192.0.2.16/28");
        await(fragment -> cidrs(fragment).contains("192.0.2.16/28"));
        observation.close();

        assertThat(seen).extracting(IntentFragment::generation).isSorted().doesNotHaveDuplicates();
        assertThat(seen).allSatisfy(fragment -> assertThat(new HashSet<>(refs(fragment)))
                .hasSameSizeAs(refs(fragment)));
    }

    @Test
    final void aPoolThatIsTakenAwayLeavesTheFragment() throws Exception {
        writePool("one", "192.0.2.0/28");
        writePool("two", "198.51.100.0/28");
        await(fragment -> fragment.objects().size() == 2);

        removePool("one");

        assertThat(names(await(fragment -> fragment.objects().size() == 1))).containsExactly("two");
    }

    @Test
    final void garbageIsAProblemThatSaysWhereAndLeavesTheOthersAlone() throws Exception {
        writePool("one", "192.0.2.0/28");
        await(this::hasPoolOne);

        writeGarbage("two");

        IntentFragment fragment = await(next -> !next.problems().isEmpty());
        assertThat(names(fragment)).containsExactly("one");
        assertThat(fragment.problems()).allSatisfy(problem -> {
            assertThat(problem.code()).isNotEmpty();
            assertThat(problem.text()).isNotEmpty();
            assertThat(problem.place().document()).isNotEmpty();
        });
    }

    @Test
    final void theLastGoodStateOfAPoolThatTurnedBadIsKept() throws Exception {
        writePool("one", "192.0.2.0/28");
        await(this::hasPoolOne);

        writeGarbage("one");

        IntentFragment fragment = await(next -> !next.problems().isEmpty());
        assertThat(cidrs(fragment)).containsExactly("192.0.2.0/28");
    }

    @Test
    final void aClosedObservationIsNotTold() throws Exception {
        List<IntentFragment> seen = new CopyOnWriteArrayList<>();
        source.observe(seen::add).close();
        int before = seen.size();

        writePool("one", "192.0.2.0/28");
        await(this::hasPoolOne);

        assertThat(seen).hasSize(before);
    }

    private boolean hasPoolOne(IntentFragment fragment) {
        return names(fragment).contains("one");
    }

    private static List<String> refs(IntentFragment fragment) {
        return fragment.objects().stream()
                .map(object -> object.ref().toString())
                .toList();
    }

    private static List<String> names(IntentFragment fragment) {
        return fragment.objects().stream().map(ConfigObject::name).toList();
    }

    private static List<String> cidrs(IntentFragment fragment) {
        return fragment.objects().stream()
                .filter(AddressPool.class::isInstance)
                .map(AddressPool.class::cast)
                .flatMap(pool -> pool.entries().stream())
                .map(AddressPool.Entry::text)
                .toList();
    }

    private IntentFragment await(Predicate<IntentFragment> condition) {
        return Awaiting.value(source, condition, PATIENCE);
    }
}
