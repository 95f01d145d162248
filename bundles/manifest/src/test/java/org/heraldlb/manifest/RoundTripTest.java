package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.heraldlb.api.intent.ConfigObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed is read as what it was. */
class RoundTripTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void printAndReadIsTheIdentity(long seed) {
        Generated generated = new Generated(seed);
        for (int i = 0; i < 500; i++) {
            ConfigObject object = generated.next();
            String text = Documents.print(object);
            Parsed parsed = Fixture.parse(text);
            assertThat(parsed.problems())
                    .as("seed %d, round %d:%n%s", seed, i, text)
                    .isEmpty();
            assertThat(parsed.objects()).hasSize(1);
            ConfigObject read = Origins.withOrigin(parsed.objects().get(0), object.origin());
            assertThat(read).as("seed %d, round %d:%n%s", seed, i, text).isEqualTo(object);
            assertThat(Documents.print(read)).isEqualTo(text);
        }
    }

    @Test
    void manyPrintedDocumentsMakeOneText() {
        Generated generated = new Generated(99);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("---\n").append(Documents.print(generated.next()));
        }
        Parsed parsed = Fixture.parse(text.toString());
        assertThat(parsed.objects()).hasSize(100);
        assertThat(parsed.objects().get(41).origin()).hasToString("test:doc.yaml#42");
    }
}
