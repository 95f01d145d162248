package org.heraldlb.k8swebhook.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewsTest {

    private static final String GOOD = "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'request': {"
            + "'uid': '1-2', 'operation': 'CREATE', 'resource': {'group': 'metallb.io', 'version': 'v1beta1', 'resource':"
            + " 'ipaddresspools'}, 'kind': {'kind': 'IPAddressPool'}, 'namespace': 'metallb-system', 'dryRun': true,"
            + " 'object': {'metadata': {'name': 'a'}}, 'oldObject': null}}";

    @Test
    void aReviewIsRead() throws Malformed {
        Review review = Review.read(Fixture.json(GOOD));
        assertThat(review.uid()).isEqualTo("1-2");
        assertThat(review.document()).isEqualTo("ipaddresspools.metallb.io/metallb-system/a");
        assertThat(review.dryRun()).isTrue();
        assertThat(review.before()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'apiVersion': 'admission.k8s.io/v1beta1', 'kind': 'AdmissionReview'}",
                "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview'}",
                "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'request': []}",
                "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'request': {'uid': '1'}}",
                "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'request': {'uid': 1, 'operation':"
                        + " 'CREATE', 'object': {'a': 1}}}",
                "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'request': {'uid': '1', 'operation':"
                        + " 'EAT', 'object': {'a': 1}}}"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Review.read(Fixture.json(text))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{} {}", "{\"a\": 1, \"a\": 2}", "{\"password\": hunter2}"})
    void textThatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> Tree.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void nestingIsBounded() {
        byte[] deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Tree.read(deep)).isInstanceOf(Malformed.class);
    }

    /** Whatever comes in, it is a review or Malformed, and a review has a verdict. */
    @Test
    void mutatedReviewsNeverThrowAnythingElse() {
        Random random = new Random(86);
        byte[] good = GOOD.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Review review = Review.read(Tree.read(bytes));
                Verdict verdict = new Fixture().judge(review);
                assertThat(Tree.write(Reviews.answer(review, verdict))).isNotEmpty();
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void aRefusalIsForbiddenWithItsReason() throws Malformed {
        Review review = Review.read(Fixture.json(GOOD));
        Verdict verdict = new Fixture()
                .with("IPAddressPool", "a", "{'addresses': ['1.1.1.0/24']}")
                .create("IPAddressPool", "b", "{'addresses': ['1.1.1.0/25']}");
        Map<String, Object> response = Tree.object(Reviews.answer(review, verdict), "response");
        assertThat(response).containsEntry("uid", "1-2").containsEntry("allowed", false);
        assertThat(Tree.object(response, "status"))
                .containsEntry("code", 403)
                .containsEntry("message", verdict.message());
    }

    @Test
    void warningsAreCutAsTheApiServerWouldCutThem() throws Malformed {
        Review review = Review.read(Fixture.json(GOOD));
        Verdict verdict = Verdict.allowed(List.of("x".repeat(1000)));
        Map<String, Object> response = Tree.object(Reviews.answer(review, verdict), "response");
        assertThat(response.get("warnings")).isEqualTo(List.of("x".repeat(256)));
    }
}
