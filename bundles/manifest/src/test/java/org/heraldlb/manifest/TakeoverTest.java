package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.heraldlb.api.intent.ServiceIntent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a service says that it is taken over. */
final class TakeoverTest {

    @ParameterizedTest
    @CsvSource({
        "v1, annotations, true, true",
        "v1, labels, true, true",
        "v1, annotations, false, false",
        "v1, annotations, yes, false",
        "heraldlb.org/v1, annotations, true, true",
    })
    void annotationAndLabelMeanTheSame(String version, String where, String value, boolean taken) {
        String text = "{apiVersion: " + version + ", kind: Service, metadata: {name: a, " + where
                + ": {heraldlb.org/takeover: '" + value + "'}}, spec: {}}";
        Parsed parsed = Documents.parse(ReadContext.files("test"), "a.yaml", text);

        assertThat(parsed.problems()).isEmpty();
        assertThat(((ServiceIntent) parsed.objects().get(0)).takenOver()).isEqualTo(taken);
    }
}
