package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

class StatusTest {

    @Test
    void theWholePage() {
        assertThat(Status.of(Sample.builder().build(), List.of()).text(Paper.PLAIN))
                .isEqualTo("""
                Node one, generation 7: ready
                1 of 2 services have an address, from 1 pools; this node answers for 1 on the link and has 1 BGP peers

                SOURCE  SYNCED  OBJECTS  REFUSED
                file    yes           4        0

                ANNOUNCER  READY  GENERATION  ANNOUNCED  PLANNED
                l2         yes             7          1        1
                native     yes             7          1        1

                Next: see vip:explain default/late
                """);
    }

    @Test
    void aRefusedDocumentIsTheFirstThingToCorrect() {
        Problem problem =
                Problem.error("badYaml", "pools.yaml", "no such field").at("pools.yaml#1", "spec.x", "1");
        Status status = Status.of(Sample.builder().problem(problem).build(), List.of());
        assertThat(status.next()).isEqualTo("correct pools.yaml#1: no such field");
        assertThat(status.text(Paper.PLAIN))
                .contains("Problems\n  error: pools.yaml: no such field (pools.yaml#1: spec.x = 1)");
    }

    @Test
    void aProblemWithoutADocumentNamesItsSubject() {
        Problem problem =
                Problem.error("noAnnouncer", "layer2", "nobody announces").withFix("install herald-l2");
        assertThat(Status.of(Sample.builder().problem(problem).build(), List.of())
                        .next())
                .isEqualTo("layer2: install herald-l2");
    }

    @Test
    void componentsThatWaitAreListed() {
        String line = "org.heraldlb.l2.L2 waits for a service LinkMonitor";
        Status status = Status.of(new SnapshotBuilder(1, "one").build(), List.of(line));
        assertThat(status.next()).contains(line);
        assertThat(status.text(Paper.PLAIN)).contains("Components that wait\n  " + line);
    }

    @Test
    void anEmptyNodeSaysHowToBegin() {
        assertThat(Status.of(
                                new SnapshotBuilder(1, "one")
                                        .source("file", true, 0, 0)
                                        .build(),
                                List.of())
                        .next())
                .contains("IPAddressPool");
    }

    @Test
    void withoutCoreItSaysSo() {
        Status status = Status.withoutCore(List.of());
        assertThat(status.ready()).isFalse();
        assertThat(status.text(Paper.PLAIN)).contains("core: not running").contains("bundle:start");
    }

    @Test
    void coloursOnlyWhereTheyAreWelcome() {
        Status status = Status.of(Sample.builder().build(), List.of());
        assertThat(status.text(Paper.PLAIN)).doesNotContain("\u001b");
        assertThat(status.text(new Paper(80, true))).contains("\u001b[32mready");
    }
}
