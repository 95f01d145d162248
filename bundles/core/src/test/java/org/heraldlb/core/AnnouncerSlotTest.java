package org.heraldlb.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.core.AnnouncerSlot.Offer;
import org.heraldlb.testkit.announcer.FakeAnnouncer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How one BGP speaker follows another at the same router. */
final class AnnouncerSlotTest {

    /** Lets go when the test says so. */
    private static final class Speaker implements BgpAnnouncer, HandOver {
        private final FakeAnnouncer.Bgp told;
        private final List<Runnable> leaving = new ArrayList<>();

        Speaker(String name) {
            told = new FakeAnnouncer.Bgp(name);
        }

        @Override
        public void apply(BgpPlan plan) {
            told.apply(plan);
        }

        @Override
        public SnapshotSource<AnnouncerStatus> status() {
            return told.status();
        }

        @Override
        public void letGo(Runnable done) {
            leaving.add(done);
        }
    }

    private static final Rank FIRST = new Rank(0, 1);
    private static final Rank SECOND = new Rank(0, 2);
    private static final Rank THIRD = new Rank(0, 3);

    private final Speaker herald = new Speaker("native");
    private final Speaker frr = new Speaker("frr");
    private final FakeAnnouncer.Bgp shadow = new FakeAnnouncer.Bgp("shadow");
    private final AnnouncerSlot<BgpPlan> slot =
            new AnnouncerSlot<>(plan -> new BgpPlan(plan.generation(), "n", List.of()), true, Runnable::run, () -> {});

    @BeforeEach
    void begin() {
        choose("native");
        slot.apply(new BgpPlan(1, "n", List.of()));
        slot.offer(new Offer<>(FIRST, herald, Map.of(Announcer.NAME, "native")));
        slot.offer(new Offer<>(SECOND, frr, Map.of(Announcer.NAME, "frr")));
        slot.offer(new Offer<>(THIRD, shadow, Map.of(Announcer.NAME, "shadow")));
    }

    private void choose(String name) {
        slot.target(properties -> name.equals(properties.get(Announcer.NAME)));
    }

    private static int told(Speaker speaker) {
        return speaker.told.plans().size();
    }

    @Test
    void theSuccessorBeginsWhenTheOldOneHasLetGo() {
        choose("frr");
        assertThat(told(frr)).isZero();
        slot.apply(new BgpPlan(2, "n", List.of()));
        assertThat(told(frr)).isZero();

        herald.leaving.get(0).run();

        assertThat(frr.told.last().generation()).isEqualTo(2);
        assertThat(told(herald)).as("no farewell").isEqualTo(1);
        assertThat(slot.isRetiring()).isFalse();
        herald.leaving.get(0).run();
        assertThat(told(frr)).as("once").isEqualTo(1);
    }

    @Test
    void whoTakesTooLongIsNotWaitedFor() {
        choose("frr");
        assertThat(slot.isLettingGo()).isTrue();
        slot.finishRetiring();
        assertThat(told(frr)).isEqualTo(1);
        herald.leaving.get(0).run();
        assertThat(told(frr)).isEqualTo(1);
    }

    @Test
    void aFurtherChoiceMeanwhileBeginsInstead() {
        choose("frr");
        choose("shadow");
        herald.leaving.get(0).run();
        assertThat(told(frr)).isZero();
        assertThat(shadow.plans()).hasSize(1);
    }

    @Test
    void theOldOneChosenAgainMeanwhileBeginsAgain() {
        choose("frr");
        choose("native");
        herald.leaving.get(0).run();
        assertThat(told(herald)).isEqualTo(2);
        assertThat(told(frr)).isZero();
        assertThat(frr.leaving).isEmpty();
    }

    @Test
    void oneThatGoesAwayWhileItLetsGoIsNotWaitedFor() {
        choose("frr");
        slot.withdraw(FIRST);
        assertThat(told(frr)).isEqualTo(1);
        choose("native");
        assertThat(frr.told.last().peers()).isEmpty();
    }

    @Test
    void fromOneThatDoesNothingTheNextBeginsAtOnce() {
        choose("shadow");
        choose("frr");
        assertThat(told(frr)).isEqualTo(1);
    }

    @Test
    void oneWhoseSuccessorAnnouncesNothingWithdraws() {
        choose("shadow");
        assertThat(herald.leaving).isEmpty();
        assertThat(told(herald)).as("the empty plan").isEqualTo(2);
    }
}
