package org.heraldlb.k8ssource.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;

final class OwnProblemsTest {

    private static final Problem HERE = Problem.error("missingBfdProfile", "BGPPeer here", "no such profile");
    private static final Problem THERE = Problem.error("missingBfdProfile", "BGPPeer there", "no such profile");
    private static final Problem BROKEN =
            Problem.error("invalidValue", "BGPPeer broken", "nobody knows whom it selects");
    private static final Problem POOL = Problem.error("overlap", "IPAddressPool lab", "twice");

    private static final List<ConfigObject> OFFERED = List.of(
            Intents.peer("here", "192.0.2.1")
                    .nodeSelectors(Intents.selector("rack=a"))
                    .build(),
            Intents.peer("there", "192.0.2.2")
                    .nodeSelectors(Intents.selector("rack=b"))
                    .build());

    @Test
    void aPeerOfOtherNodesIsTheirs() {
        assertThat(own(intent("rack=a"))).containsExactlyInAnyOrder(HERE, BROKEN, POOL);
        assertThat(own(intent("rack=b"))).containsExactlyInAnyOrder(THERE, BROKEN, POOL);
    }

    @Test
    void aNodeThatIsNotKnownReportsAll() {
        assertThat(own(Intent.EMPTY)).hasSize(4);
    }

    @Test
    void aNewLabelIsNews() {
        ReportBook book = new ReportBook("test", () -> OFFERED);
        SystemSnapshot before = builder(intent("rack=c")).build();
        book.take(before, false);
        assertThat(book.isNews(with(before, intent("rack=c")), false)).isFalse();
        assertThat(book.isNews(with(before, intent("rack=a")), false)).isTrue();
    }

    private static SystemSnapshot with(SystemSnapshot before, Intent intent) {
        return new SystemSnapshot(
                before.generation(),
                before.node(),
                intent,
                before.allocation(),
                before.owners(),
                before.plans(),
                before.progress(),
                before.cluster(),
                before.problems(),
                before.explainer());
    }

    private static Intent intent(String label) {
        return Intents.intent()
                .with(Intents.node("node-a").labels(label).build())
                .build();
    }

    private static List<Problem> own(Intent intent) {
        return OwnProblems.of(builder(intent).build(), () -> OFFERED);
    }

    private static SnapshotBuilder builder(Intent intent) {
        return new SnapshotBuilder(1, "node-a")
                .intent(intent)
                .problem(HERE)
                .problem(THERE)
                .problem(BROKEN)
                .problem(POOL);
    }
}
