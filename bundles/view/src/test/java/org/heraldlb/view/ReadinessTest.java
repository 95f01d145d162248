package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static SnapshotBuilder owning() {
        return new SnapshotBuilder(3, "one").owner("192.0.2.10", "one", "lowest hash");
    }

    @Test
    void readyWhenSourcesAreSyncedAndAnnouncersHaveCaughtUp() {
        assertThat(Readiness.of(Sample.builder().build()).ready()).isTrue();
    }

    @Test
    void notReadyWithoutAnySource() {
        assertThat(Readiness.of(new SnapshotBuilder(1, "one").build()).waiting())
                .singleElement()
                .asString()
                .contains("sources");
    }

    @Test
    void notReadyWhileASourceReads() {
        assertThat(Readiness.of(new SnapshotBuilder(1, "one")
                                .source("file", false, 0, 0)
                                .build())
                        .waiting())
                .containsExactly("source file: has not read everything yet");
    }

    @Test
    void notReadyWhileAnAnnouncerIsBehind() {
        assertThat(Readiness.of(owning().source("file", true, 1, 0)
                                .announcer(Sample.layer2(2, true))
                                .build())
                        .waiting())
                .containsExactly("announcer l2: acted on generation 2, the newest is 3");
    }

    @Test
    void notReadyWhileAnAnnouncerCannotAct() {
        assertThat(Readiness.of(owning().source("file", true, 1, 0)
                                .announcer(Sample.layer2(3, false))
                                .build())
                        .waiting())
                .containsExactly("announcer l2: cannot act yet");
    }

    @Test
    void notReadyWhenNobodyCarriesAPlanOut() {
        assertThat(Readiness.of(owning().source("file", true, 1, 0).build()).waiting())
                .containsExactly("announcer l2: not running, but there are addresses to announce on the link");
    }

    @Test
    void aRefusedDocumentDoesNotMakeItUnready() {
        assertThat(Readiness.of(Sample.builder().source("config", true, 1, 2).build())
                        .ready())
                .isTrue();
    }

    @Test
    void notReadyWithoutCore() {
        assertThat(Readiness.withoutCore().ready()).isFalse();
    }
}
