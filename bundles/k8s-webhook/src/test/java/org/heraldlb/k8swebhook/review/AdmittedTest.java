package org.heraldlb.k8swebhook.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heraldlb.k8swebhook.review.Review.Operation;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.junit.jupiter.api.Test;

class AdmittedTest {

    private static final String POOL = "{'addresses': ['1.1.1.0/24']}";
    private static final long LATER = Duration.ofSeconds(6).toNanos();
    private static final Validation RULES = new Validation(Fixture.CONTEXT, Mode.HERALD);
    private static final Cluster EMPTY = new Cluster(Optional.of(List.of()), List.of());

    private final Admitted admitted = new Admitted();

    private static Review pool(Operation operation, String name) {
        return Fixture.review(operation, "metallb.io", "IPAddressPool", Fixture.NAMESPACE, name, POOL);
    }

    private Verdict judge(Review review, Cluster cluster, long now) {
        Verdict verdict = RULES.judge(review, admitted.over(cluster, now));
        if (verdict.isAllowed()) {
            admitted.add(review, verdict.object(), now);
        }
        return verdict;
    }

    @Test
    void theSecondOfTwoIsRefusedBeforeTheWatchHasShownTheFirst() {
        assertThat(judge(pool(Operation.CREATE, "a"), EMPTY, 0).isAllowed()).isTrue();
        assertThat(judge(pool(Operation.CREATE, "b"), EMPTY, 1).isAllowed()).isFalse();
    }

    @Test
    void whatNeverCameIsForgotten() {
        judge(pool(Operation.CREATE, "a"), EMPTY, 0);
        assertThat(judge(pool(Operation.CREATE, "b"), EMPTY, LATER).isAllowed()).isTrue();
    }

    @Test
    void aDeletionCountsAtOnce() {
        Cluster known = new Fixture().with("IPAddressPool", "a", POOL).cluster();
        assertThat(judge(pool(Operation.CREATE, "b"), known, 0).isAllowed()).isFalse();
        judge(pool(Operation.DELETE, "a"), known, 0);
        assertThat(judge(pool(Operation.CREATE, "b"), known, 1).isAllowed()).isTrue();
    }

    @Test
    void whatTheWatchShowsIsForgottenAndMayGo() {
        judge(pool(Operation.CREATE, "a"), EMPTY, 0);
        admitted.over(new Fixture().with("IPAddressPool", "a", POOL).cluster(), 1);
        assertThat(judge(pool(Operation.CREATE, "b"), EMPTY, 2).isAllowed()).isTrue();
    }

    @Test
    void aDryRunLeavesNothing() {
        Review real = pool(Operation.CREATE, "a");
        Review dry = new Review(
                "u",
                Operation.CREATE,
                real.resource(),
                real.kind(),
                real.namespace(),
                "a",
                true,
                real.object(),
                real.before());
        assertThat(judge(dry, EMPTY, 0).isAllowed()).isTrue();
        assertThat(judge(pool(Operation.CREATE, "b"), EMPTY, 1).isAllowed()).isTrue();
    }
}
