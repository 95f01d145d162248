package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an L2Advertisement may say beyond MetalLB, as fields and as annotations. */
class OwnershipTest {

    private static final Ownership EVERYTHING =
            new Ownership(Mode.QUORUM, true, true, Optional.of("web"), ConflictPolicy.REFUSE);

    private static String fields(String ownership) {
        return Fixture.doc("heraldlb.org/v1", "L2Advertisement", "a", "{ownership: {" + ownership + "}}");
    }

    private static String annotations(String annotations) {
        return "{apiVersion: metallb.io/v1beta1, kind: L2Advertisement, metadata: {name: a, annotations: {"
                + annotations + "}}}";
    }

    private static Ownership ownership(String text) {
        return Fixture.object(text, L2Advertisement.class).ownership();
    }

    private static Problem only(Parsed parsed) {
        assertThat(parsed.problems()).hasSize(1);
        return parsed.problems().get(0);
    }

    @Test
    void anAdvertisementThatSaysNothingWarnsOfConflictsAndIsMetallbsOtherwise() {
        assertThat(Ownership.METALLB)
                .isEqualTo(new Ownership(Mode.AVAILABLE, false, false, Optional.empty(), ConflictPolicy.WARN));
        assertThat(ownership(Fixture.l2("a", "{}"))).isEqualTo(Ownership.METALLB);
        assertThat(ownership(fields(""))).isEqualTo(Ownership.METALLB);
        assertThat(ownership(annotations("team: network, metallb.io/sticky: \"true\"")))
                .isEqualTo(Ownership.METALLB);
    }

    @ParameterizedTest
    @CsvSource({"off, OFF", "'\"off\"', OFF", "warn, WARN", "refuse, REFUSE"})
    void theConflictPolicyIsReadAndPrinted(String text, ConflictPolicy policy) {
        L2Advertisement read = Fixture.object(fields("conflictPolicy: " + text), L2Advertisement.class);
        assertThat(read.ownership().conflictPolicy()).isEqualTo(policy);

        L2Advertisement again = Fixture.object(Documents.print(read), L2Advertisement.class);
        assertThat(again.ownership()).isEqualTo(read.ownership());
        assertThat(ownership(annotations("heraldlb.org/conflict-policy: '" + text.replace("\"", "") + "'")))
                .isEqualTo(read.ownership());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "true", "yes"})
    void whatIsNoChoiceIsNoneWhenYamlReadsItAsTrue(String text) {
        assertThat(only(Fixture.parse(fields("conflictPolicy: " + text))).code())
                .isEqualTo("wrongType");
    }

    @Test
    void anUnknownPolicyNamesTheKnownOnes() {
        Problem problem = only(Fixture.parse(fields("conflictPolicy: Refuse")));
        assertThat(problem.code()).isEqualTo("unknownValue");
        assertThat(problem.text()).contains("off, warn, refuse");
        assertThat(problem.place().path()).isEqualTo("spec.ownership.conflictPolicy");
        assertThat(problem.place().value()).isEqualTo("Refuse");
    }

    @Test
    void everyFieldHasItsAnnotation() {
        assertThat(ownership(fields(
                        "mode: quorum, sticky: true, spread: true, antiAffinityGroup: web, conflictPolicy: refuse")))
                .isEqualTo(EVERYTHING);
        assertThat(ownership(annotations("heraldlb.org/mode: quorum, heraldlb.org/sticky: \"true\","
                        + " heraldlb.org/spread: \"true\", heraldlb.org/anti-affinity-group: web,"
                        + " heraldlb.org/conflict-policy: refuse")))
                .isEqualTo(EVERYTHING);
    }

    @Test
    void aMisspeltAnnotationIsAWarningThatGuesses() {
        Parsed parsed = Fixture.parse(annotations("heraldlb.org/conflictpolicy: refuse"));
        assertThat(parsed.objects()).hasSize(1);
        Problem problem = only(parsed);
        assertThat(problem.code()).isEqualTo("ignoredField");
        assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
        assertThat(problem.place().path()).isEqualTo("metadata.annotations[heraldlb.org/conflictpolicy]");
        assertThat(problem.fix()).isEqualTo("did you mean heraldlb.org/conflict-policy?");
    }

    @Test
    void aBadAnnotationRefusesAsTheFieldDoes() {
        Parsed parsed = Fixture.parse(annotations("heraldlb.org/sticky: maybe, heraldlb.org/mode: both"));
        assertThat(parsed.objects()).isEmpty();
        assertThat(parsed.problems()).extracting(Problem::code).containsExactlyInAnyOrder("wrongType", "unknownValue");
        assertThat(parsed.problems())
                .extracting(problem -> problem.place().path())
                .contains("metadata.annotations[heraldlb.org/sticky]");
    }

    @Test
    void metallbsKindHasNoOtherFieldsAndOursNoNeedOfAnnotations() {
        assertThat(only(Fixture.parse(Fixture.l2("a", "{ownership: {sticky: true}}")))
                        .code())
                .isEqualTo("unknownField");
        String ours = annotations("heraldlb.org/sticky: \"true\"").replace("metallb.io/v1beta1", "heraldlb.org/v1");
        assertThat(ownership(ours)).isEqualTo(Ownership.METALLB);
    }
}
