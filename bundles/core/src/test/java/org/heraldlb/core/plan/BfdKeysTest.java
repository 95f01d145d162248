package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Authentication;
import org.heraldlb.api.intent.BfdProfile.AuthenticationType;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.Test;

/** The keys of BFD profiles on their way into a plan. */
final class BfdKeysTest {

    private static final String ME = "iris1";
    private static final NamespacedName SECRET = new NamespacedName("default", "s");

    private static BfdProfile profile(Optional<SecretValue> key, Optional<NamespacedName> secret) {
        return new BfdProfile(
                ObjectRef.of(Kind.BFD_PROFILE, "b"),
                Intents.ORIGIN,
                BfdProfile.Timing.DEFAULT,
                false,
                false,
                OptionalInt.empty(),
                Optional.of(new Authentication(AuthenticationType.KEYED_SHA1, 7, key, secret)));
    }

    private static Secret secret(String key, String value) {
        return new Secret(
                ObjectRef.of(Kind.SECRET, SECRET),
                Intents.ORIGIN,
                "kubernetes.io/basic-auth",
                Map.of(key, new SecretValue(value)));
    }

    private static Peer withProfile() {
        Peer.Options options =
                new Peer.Options(Optional.empty(), Optional.of("b"), false, false, false, Peer.Extensions.NONE);
        return peer("router", "1.2.3.4").options(options).build();
    }

    private static List<PeerPlan> peers(Scenario scenario) {
        return scenario.and(node(ME).build(), withProfile())
                .on(ME)
                .plan()
                .bgp(ME)
                .peers();
    }

    private static Optional<String> key(PeerPlan plan) {
        return plan.bfd()
                .flatMap(BfdProfile::authentication)
                .flatMap(Authentication::key)
                .map(SecretValue::reveal);
    }

    @Test
    void theKeyOfTheDocumentIsThatOfThePlan() {
        List<PeerPlan> found = peers(Scenario.with(profile(Optional.of(new SecretValue("plain")), Optional.empty())));
        assertThat(found).singleElement().extracting(BfdKeysTest::key).isEqualTo(Optional.of("plain"));
    }

    @Test
    void theKeyOfTheSecretIsThatOfThePlanAndFollowsIt() {
        Scenario scenario = Scenario.with(profile(Optional.empty(), Optional.of(SECRET)), secret("password", "one"));
        assertThat(peers(scenario)).singleElement().extracting(BfdKeysTest::key).isEqualTo(Optional.of("one"));
        assertThat(peers(scenario.and(secret("password", "two"))))
                .singleElement()
                .extracting(BfdKeysTest::key)
                .isEqualTo(Optional.of("two"));
        assertThat(peers(scenario).toString()).doesNotContain("two");
    }

    @Test
    void withoutTheKeyThePeerIsNotRun() {
        BfdProfile wanting = profile(Optional.empty(), Optional.of(SECRET));
        assertThat(peers(Scenario.with(wanting))).isEmpty();
        assertThat(peers(Scenario.with(wanting, secret("pass", "one")))).isEmpty();
    }
}
