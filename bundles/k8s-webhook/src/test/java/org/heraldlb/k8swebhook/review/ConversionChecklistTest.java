package org.heraldlb.k8swebhook.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two versions of a peer. */
class ConversionChecklistTest {

    private static final String OLD = "metallb.io/v1beta1";
    private static final String NEW = "metallb.io/v1beta2";
    private static final String BOTH =
            "'myASN': 42, 'peerASN': 142, 'peerAddress': '1.2.3.4', 'sourceAddress': '1.2.3.5',"
                    + " 'peerPort': 1179, 'holdTime': '90s', 'keepaliveTime': '30s', 'routerID': '9.9.9.9', 'password': 'p',"
                    + " 'bfdProfile': 'b', 'ebgpMultiHop': true, 'nodeSelectors': [{'matchLabels': {'a': 'b'}}]";

    private static Map<String, Object> peer(String version, String metadata, String spec) {
        return Fixture.json("{'apiVersion': '" + version + "', 'kind': 'BGPPeer', 'metadata': {'name': 'p', 'uid': 'u'"
                + metadata + "}, 'spec': {" + spec + "}}");
    }

    @Test
    @DisplayName("R-04 what both have stays as it is, in both directions")
    void both() throws Malformed {
        assertThat(Conversion.convert(peer(OLD, "", BOTH), NEW)).isEqualTo(peer(NEW, "", BOTH));
        assertThat(Conversion.convert(peer(NEW, "", BOTH), OLD)).isEqualTo(peer(OLD, "", BOTH));
        assertThat(Conversion.convert(peer(NEW, "", BOTH), NEW)).isEqualTo(peer(NEW, "", BOTH));
    }

    @Test
    @DisplayName("R-04 D8 absent timers stay absent, port 0 is the usual one")
    void d8() throws Malformed {
        assertThat(Conversion.convert(peer(OLD, "", "'myASN': 1, 'peerPort': 0"), NEW))
                .isEqualTo(peer(NEW, "", "'myASN': 1"));
    }

    @ParameterizedTest
    @DisplayName("R-04 what v1beta1 lacks survives it")
    @CsvSource(
            delimiter = '|',
            value = {
                "'passwordSecret': {'name': 's'}",
                "'localASN': 1",
                "'dynamicASN': 'external'",
                "'interface': 'eth0'",
                "'connectTime': '1s'",
                "'enableGracefulRestart': true",
                "'vrf': 'red'",
                "'disableMP': true",
                "'dualStackAddressFamily': true"
            })
    void later(String field) throws Malformed {
        Map<String, Object> peer = peer(NEW, ", 'annotations': {'a': 'b'}", "'myASN': 1, " + field);
        Map<String, Object> older = Conversion.convert(peer, OLD);
        assertThat(Tree.object(older, "spec")).containsOnlyKeys("myASN");
        assertThat(Conversion.convert(older, NEW)).isEqualTo(peer);
        Map<String, Object> bare = peer(NEW, "", "'myASN': 1, " + field);
        assertThat(Conversion.convert(Conversion.convert(bare, OLD), NEW)).isEqualTo(bare);
    }

    /** Schemas put false where nothing was said: into the newer form, and into an older one that knows the fields. */
    @Test
    void whatASchemaPutsInIsNothingThatSomebodySaid() throws Malformed {
        String defaults = ", 'disableMP': false, 'dualStackAddressFamily': false";
        Map<String, Object> plain = Conversion.convert(peer(NEW, "", "'myASN': 1" + defaults), OLD);
        assertThat(plain).isEqualTo(peer(OLD, "", "'myASN': 1"));
        Map<String, Object> both = peer(NEW, "", "'myASN': 1, 'disableMP': true, 'dualStackAddressFamily': true");
        Map<String, Object> older = Conversion.convert(both, OLD);
        older.put("spec", Map.of("myASN", 1, "disableMP", false, "dualStackAddressFamily", false));
        assertThat(Conversion.convert(older, NEW)).isEqualTo(both);
    }

    @Test
    @DisplayName("R-04 an older peer is judged as it will be stored, whatever its schema has put in")
    void review() throws Malformed {
        String defaults = ", 'disableMP': false, 'dualStackAddressFamily': false";
        Map<String, Object> object = peer(OLD, ", 'namespace': 'metallb-system'", BOTH + defaults);
        Review review = Review.read(Map.of(
                "apiVersion",
                "admission.k8s.io/v1",
                "kind",
                "AdmissionReview",
                "request",
                Map.of(
                        "uid",
                        "7",
                        "operation",
                        "UPDATE",
                        "resource",
                        Map.of("group", "metallb.io", "resource", "bgppeers"),
                        "namespace",
                        "metallb-system",
                        "object",
                        object,
                        "oldObject",
                        object)));
        assertThat(review.object()).isEqualTo(Conversion.convert(object, NEW));
        assertThat(review.keepsItsMeaning()).isTrue();
        assertThat(new Fixture().node("n").judge(review).message()).isEmpty();
    }

    @Test
    void whatTheOlderFormSaysHasPrecedence() throws Malformed {
        Map<String, Object> older =
                Conversion.convert(peer(NEW, "", "'dynamicASN': 'external', 'interface': 'eth0', 'vrf': 'red'"), OLD);
        older.put("spec", Map.of("peerASN", 7, "peerAddress", "1.1.1.1"));
        assertThat(Tree.object(Conversion.convert(older, NEW), "spec"))
                .isEqualTo(Map.of("peerASN", 7, "peerAddress", "1.1.1.1", "vrf", "red"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nonsense", "[1]", "{'myASN': 5, 'other': 1}"})
    void anEditedAnnotationBringsNothing(String text) throws Malformed {
        Map<String, Object> older = Conversion.convert(peer(NEW, "", "'vrf': 'red'"), OLD);
        older.put("metadata", Map.of("name", "p", "annotations", Map.of(Conversion.KEPT, text.replace('\'', '"'))));
        assertThat(Tree.object(Conversion.convert(older, NEW), "spec")).isEmpty();
    }

    @Test
    void aWholeReviewIsAnswered() throws Malformed {
        Map<String, Object> answer = Reviews.converted(Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "ConversionReview",
                "request",
                Map.of("uid", "7", "desiredAPIVersion", NEW, "objects", List.of(peer(OLD, "", BOTH)))));
        Map<String, Object> response = Tree.object(answer, "response");
        assertThat(response).containsEntry("uid", "7").containsEntry("result", Map.of("status", "Success"));
        assertThat(response.get("convertedObjects")).isEqualTo(List.of(peer(NEW, "", BOTH)));
    }

    @Test
    void whatIsNoPeerFails() throws Malformed {
        Map<String, Object> pool = Fixture.object("metallb.io", "IPAddressPool", "n", "p", "{}");
        assertThatThrownBy(() -> Conversion.convert(pool, NEW)).isInstanceOf(Malformed.class);
        Map<String, Object> answer = Reviews.converted(Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "ConversionReview",
                "request",
                Map.of("uid", "7", "desiredAPIVersion", NEW, "objects", List.of(pool))));
        assertThat(Tree.object(Tree.object(answer, "response"), "result")).containsEntry("status", "Failure");
    }
}
