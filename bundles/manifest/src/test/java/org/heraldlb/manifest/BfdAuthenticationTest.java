package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.manifest.Fixture.goodPeer;
import static org.heraldlb.manifest.Fixture.secret;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Authentication;
import org.heraldlb.api.intent.BfdProfile.AuthenticationType;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.SecretValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code authentication} of a {@code heraldlb.org/v1} BFDProfile, and the profiles' part of the checklist. */
final class BfdAuthenticationTest {

    private static final String BASIC = "kubernetes.io/basic-auth";
    private static final String BY_SECRET = profile("{type: keyed-md5, keySecret: {name: s}}");
    private static final String PEER = goodPeer("p", "bfdProfile: b");

    private static String profile(String authentication) {
        return Fixture.doc("heraldlb.org/v1", "BFDProfile", "b", "{authentication: " + authentication + "}");
    }

    private static Authentication read(String authentication) {
        return Fixture.object(profile(authentication), BfdProfile.class)
                .authentication()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "simple-password, SIMPLE_PASSWORD",
        "keyed-md5, KEYED_MD5",
        "meticulous-keyed-md5, METICULOUS_KEYED_MD5",
        "keyed-sha1, KEYED_SHA1",
        "meticulous-keyed-sha1, METICULOUS_KEYED_SHA1"
    })
    void everyTypeOfTheRfcHasAName(String text, AuthenticationType type) {
        assertThat(read("{type: " + text + ", keyId: 0, key: sesame}"))
                .isEqualTo(new Authentication(type, 0, Optional.of(new SecretValue("sesame")), Optional.empty()));
    }

    @Test
    void theKeyIdIsOneAndTheSecretIsLookedUpBesideTheProfile() {
        assertThat(read("{type: keyed-sha1, keySecret: {name: s}}"))
                .isEqualTo(new Authentication(
                        AuthenticationType.KEYED_SHA1,
                        1,
                        Optional.empty(),
                        Optional.of(new NamespacedName("default", "s"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{key: a}                                              | missingField      | spec.authentication.type",
                "{type: md5, key: a}                                   | unknownValue      | spec.authentication.type",
                "{type: keyed-md5}                                     | missingField      | spec.authentication.key",
                "{type: keyed-md5, key: a, keySecret: {name: s}}       | mutuallyExclusive | spec.authentication.keySecret",
                "{type: keyed-md5, key: a, keyId: 256}                 | outOfRange        | spec.authentication.keyId",
                "{type: keyed-md5, key: 12345678901234567}             | wrongType         | spec.authentication.key",
                "{type: keyed-md5, key: a2345678901234567}             | outOfRange        | spec.authentication.key",
                "{type: keyed-sha1, key: a23456789012345678901}        | outOfRange        | spec.authentication.key",
                "{type: keyed-sha1, kye: a}                            | unknownField      | spec.authentication.kye",
            })
    void whatIsRefusedNamesFieldAndRule(String authentication, String code, String path) {
        List<Problem> problems = Fixture.parse(profile(authentication)).problems();
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.place().path()).isEqualTo(path);
            assertThat(problem.place().document()).startsWith("doc.yaml#");
        });
    }

    @Test
    void theLongestKeysFit() {
        assertThat(read("{type: keyed-md5, key: a234567890123456}").key()).isPresent();
        assertThat(read("{type: keyed-sha1, key: a2345678901234567890}").key()).isPresent();
    }

    @Test
    void metallbsOwnKindHasNoSuchField() {
        List<Problem> problems = Fixture.parse(Fixture.bfd("b", "{authentication: {type: keyed-md5, key: a}}"))
                .problems();
        assertThat(problems).extracting("code").containsExactly("unknownField");
    }

    @Test
    void theSecretHoldsTheProfileAndItsPeersBackUntilItIsThere() {
        Fixture.refused(PEER + BY_SECRET, Code.MISSING_SECRET, "key of BFD profile b: secret default/s does not exist");
        Fixture.refused(
                PEER + BY_SECRET + secret("s", "Opaque", "password"), Code.INVALID_SECRET, "secret type mismatch");
        Fixture.refused(PEER + BY_SECRET + secret("s", BASIC, "pass"), Code.INVALID_SECRET, "has no key");
        assertThat(Fixture.check(PEER + BY_SECRET).accepted()).isEmpty();
        Fixture.accepted(PEER + BY_SECRET + secret("s", BASIC, "password"));
    }

    @Test
    void aSecretThatIsTooLongForTheTypeIsRefusedWithoutBeingShown() {
        String tooLong = "---\n{apiVersion: v1, kind: Secret, metadata: {name: s}, type: " + BASIC
                + ", stringData: {password: hunter2hunter2hunter2}}\n";
        Checked checked = Fixture.check(BY_SECRET + tooLong);
        assertThat(checked.problems()).extracting("code").containsExactly("invalidSecret");
        assertThat(checked.problems().toString())
                .contains("21 octets", "1 to 16")
                .doesNotContain("hunter2");
    }

    @Test
    void aSecretThatVanishesStaysForTheProfileThatUsesIt() {
        List<ConfigObject> before = Fixture.accepted(PEER + BY_SECRET + secret("s", BASIC, "password"));
        Checked checked = Fixture.check(PEER + BY_SECRET, before, CrossCheckOptions.DEFAULT);
        assertThat(checked.problems()).extracting("code").containsExactly("missingSecret");
        assertThat(checked.accepted()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aProfileEditedToAMissingSecretStaysAsItWas() {
        List<ConfigObject> before = Fixture.accepted(PEER + profile("{type: keyed-md5, key: old}"));
        Checked checked = Fixture.check(PEER + BY_SECRET, before, CrossCheckOptions.DEFAULT);
        assertThat(checked.problems()).extracting("code").containsExactly("missingSecret");
        assertThat(checked.accepted()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    @DisplayName("F-13 a profile that is deleted while a peer uses it stays, and goes with the peer")
    void f13() {
        String profile = Fixture.bfd("b", "{}");
        List<ConfigObject> before = Fixture.accepted(PEER + profile);
        Checked checked = Fixture.check(PEER, before, CrossCheckOptions.DEFAULT);
        assertThat(checked.problems()).extracting("code").containsExactly("missingBfdProfile");
        assertThat(checked.accepted()).containsExactlyInAnyOrderElementsOf(before);
        Checked without = Fixture.check("", before, CrossCheckOptions.DEFAULT);
        assertThat(without.problems()).isEmpty();
        assertThat(without.accepted()).isEmpty();
    }

    @Test
    @DisplayName("F-21 a missing profile is told with its name; once it is there all is well")
    void f21() {
        Checked checked = Fixture.check(PEER);
        assertThat(checked.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missingBfdProfile");
            assertThat(problem.text()).contains("BFD profile b of peer p does not exist");
        });
        Fixture.accepted(PEER + Fixture.bfd("b", "{}"));
    }
}
