package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ServiceIntent;

/**
 * Any text gives objects and problems, never an exception, and what was read is printed so that it reads as the same. The
 * seeds in {@code DocumentsFuzzTestInputs} run as a unit test; guided by coverage the search goes on from them with
 *
 * <pre>JAZZER_FUZZ=1 mvn -q -pl bundles/manifest test -Dtest=DocumentsFuzzTest</pre>
 *
 * which goes on for two minutes, keeps what it finds in {@code .cifuzz-corpus} and puts what fails among the seeds.
 */
class DocumentsFuzzTest {

    @FuzzTest(maxDuration = "2m")
    @DictionaryFile(resourcePath = "DocumentsFuzzTestInputs.dict")
    void anyTextIsReadOrRefused(byte[] bytes) {
        Parsed parsed = Fixture.parse(new String(bytes, StandardCharsets.UTF_8));
        Documents.parse(
                new ReadContext("api", true, "metallb-system"), "doc", new String(bytes, StandardCharsets.UTF_8));
        CrossCheck.check(parsed.objects(), List.of(), CrossCheckOptions.DEFAULT);
        parsed.problems().forEach(DocumentsFuzzTest::saysWhatIsWrong);
        parsed.objects().stream().filter(DocumentsFuzzTest::isWhole).forEach(DocumentsFuzzTest::isPrintedAsItself);
    }

    private static void saysWhatIsWrong(Problem problem) {
        assertThat(problem.code()).isNotEmpty();
        assertThat(problem.text()).isNotEmpty();
        assertThat(problem.subject()).isNotEmpty();
        assertThat(problem.place().document()).startsWith("doc.yaml");
    }

    /** A service whose request cannot be understood keeps the problem and not the words. */
    private static boolean isWhole(ConfigObject object) {
        return !(object instanceof ServiceIntent service)
                || service.request().problem().isEmpty();
    }

    private static void isPrintedAsItself(ConfigObject object) {
        String text = Documents.print(object);
        Parsed again = Fixture.parse(text);
        assertThat(again.problems()).as(text).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        assertThat(again.objects()).as(text).hasSize(1);
        assertThat(Origins.withOrigin(again.objects().get(0), object.origin()))
                .as(text)
                .isEqualTo(object);
    }
}
