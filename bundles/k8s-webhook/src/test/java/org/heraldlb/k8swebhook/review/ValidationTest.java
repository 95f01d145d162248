package org.heraldlb.k8swebhook.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.k8swebhook.review.Review.Operation;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.junit.jupiter.api.Test;

class ValidationTest {

    private static final String POOL = "{'addresses': ['1.1.1.0/24']}";
    private static final Validation RULES = new Validation(Fixture.CONTEXT, Mode.HERALD);

    private static Review unchanged(String spec) {
        Map<String, Object> object = Fixture.object("metallb.io", "IPAddressPool", Fixture.NAMESPACE, "b", spec);
        String resource = "ipaddresspools.metallb.io";
        return new Review(
                "u", Operation.UPDATE, resource, "IPAddressPool", Fixture.NAMESPACE, "b", false, object, object);
    }

    @Test
    void whatIsBadAlreadyMayKeepItsSpec() {
        Fixture cluster = new Fixture().with("IPAddressPool", "a", POOL).with("IPAddressPool", "b", POOL);
        Verdict labelled = cluster.judge(unchanged(POOL));
        assertThat(labelled.isAllowed()).isTrue();
        assertThat(labelled.warnings()).singleElement().asString().contains("overlaps");
        assertThat(cluster.judge(unchanged("{'addresses': ['nonsense']}")).isAllowed())
                .isTrue();
        assertThat(cluster.update("IPAddressPool", "b", POOL).isAllowed()).isFalse();
        assertThat(cluster.update("IPAddressPool", "b", "{'addresses': ['1.1.2.0/24']}")
                        .isAllowed())
                .isTrue();
    }

    /** The node's own reports are objects too, and nodes of a newer version may have kinds that this one does not know. */
    @Test
    void whatIsNoConfigurationPasses() {
        for (String kind : List.of("BGPSessionState", "Later")) {
            Review review = Fixture.review(
                    Operation.CREATE, "heraldlb.org", kind, Fixture.NAMESPACE, "peer-1", "{'anything': 1}");
            assertThat(new Fixture().judge(review)).isEqualTo(Verdict.allowed(List.of()));
        }
        assertThat(new Fixture().create("ServiceL2Status", "l2-1", "{}").isAllowed())
                .isTrue();
    }

    @Test
    void anOldFaultOfAnotherObjectBlocksNobody() {
        Fixture cluster = new Fixture().with("IPAddressPool", "a", POOL).with("IPAddressPool", "b", POOL);
        assertThat(cluster.create("IPAddressPool", "c", "{'addresses': ['1.1.2.0/24']}")
                        .isAllowed())
                .isTrue();
    }

    @Test
    void whatIsInForceWinsOverWhatWasRefused() {
        Fixture both = new Fixture().with("IPAddressPool", "refused", POOL).with("IPAddressPool", "standing", POOL);
        List<ConfigObject> objects = both.cluster().objects().orElseThrow();
        Cluster cluster = new Cluster(Optional.of(objects), List.of(objects.get(1)));
        Review third =
                Fixture.review(Operation.CREATE, "metallb.io", "IPAddressPool", Fixture.NAMESPACE, "third", POOL);
        assertThat(RULES.judge(third, cluster).message()).contains("of pool standing");
    }

    @Test
    void anObjectThatIsLeavingMayChangeItsFinalizers() {
        Review review = Fixture.review(
                Operation.UPDATE, "metallb.io", "IPAddressPool", Fixture.NAMESPACE, "b", "{'addresses': ['x']}");
        Map<String, Object> object = new LinkedHashMap<>(review.object());
        object.put("metadata", Map.of("name", "b", "deletionTimestamp", "2030-01-01T00:00:00Z"));
        Review leaving = new Review(
                "u",
                Operation.UPDATE,
                review.resource(),
                review.kind(),
                review.namespace(),
                "b",
                false,
                object,
                review.before());
        assertThat(new Fixture().judge(review).isAllowed()).isFalse();
        assertThat(new Fixture().judge(leaving).isAllowed()).isTrue();
    }

    @Test
    void beforeTheClusterIsKnownTheObjectItselfIsChecked() {
        Verdict good = RULES.judge(
                Fixture.review(Operation.CREATE, "metallb.io", "IPAddressPool", Fixture.NAMESPACE, "a", POOL),
                Cluster.UNKNOWN);
        assertThat(good.isAllowed()).isTrue();
        assertThat(good.warnings()).singleElement().asString().contains("has not read");
        Verdict bad = RULES.judge(
                Fixture.review(
                        Operation.CREATE,
                        "metallb.io",
                        "IPAddressPool",
                        Fixture.NAMESPACE,
                        "a",
                        "{'addresses': ['1.1.1.1']}"),
                Cluster.UNKNOWN);
        assertThat(bad.isAllowed()).isFalse();
        assertThat(RULES.judge(
                                Fixture.review(
                                        Operation.DELETE, "metallb.io", "BFDProfile", Fixture.NAMESPACE, "a", "{}"),
                                Cluster.UNKNOWN)
                        .isAllowed())
                .isTrue();
    }

    @Test
    void theTwoGroupsShareTheirNames() {
        Fixture cluster = new Fixture().with("IPAddressPool", "a", POOL);
        Verdict verdict = cluster.judge(Fixture.review(
                Operation.CREATE,
                "heraldlb.org",
                "IPAddressPool",
                Fixture.NAMESPACE,
                "a",
                "{'addresses': ['9.9.9.0/24']}"));
        assertThat(verdict.message()).contains("duplicate definition of IPAddressPool a");
    }

    @Test
    void deletingAliasesThatAreUsedIsAWarning() {
        Fixture cluster = new Fixture()
                .with("Community", "c", "{'communities': [{'name': 'a', 'value': '1:1'}]}")
                .with("BGPAdvertisement", "ad", "{'communities': ['a']}");
        Verdict verdict = cluster.delete("Community", "c");
        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.warnings()).singleElement().asString().contains("community a is not defined");
    }

    @Test
    void aRefusalNamesObjectFieldRuleAndWhatToDo() {
        Verdict verdict = new Fixture()
                .with("IPAddressPool", "a", POOL)
                .create("IPAddressPool", "b", "{'addresses': ['9.9.9.0/24', '1.1.1.7/32']}");
        assertThat(verdict.message())
                .startsWith("IPAddressPool b: spec.addresses[1]: CIDR 1.1.1.7/32 in pool b overlaps with already"
                        + " defined CIDR 1.1.1.0/24 of pool a");
    }

    @Test
    void passwordsAreNotRepeated() {
        Verdict verdict = new Fixture()
                .create("BGPPeer", "p", "{'myASN': 0, 'password': 'hunter2', 'passwordSecret': {'name': 's'}}");
        assertThat(verdict.isAllowed()).isFalse();
        assertThat(verdict.toString()).doesNotContain("hunter2");
    }

    @Test
    void kindsThatAreNotOursPass() {
        Verdict verdict = RULES.judge(
                Fixture.review(Operation.CREATE, "example.com", "Thing", "default", "x", "{}"), Cluster.UNKNOWN);
        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.object()).isEmpty();
    }
}
