package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Communities as documents write them. */
class CommunityTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"0:0", "65535:65535", "64512:100", "large:0:0:0", "large:4294967295:1:4294967295"})
    void aLiteralIsReadAndWrittenAsItself(String text) {
        assertThat(CommunityText.parse(text)).hasToString(text);
        assertThat(CommunityText.of(text)).contains(CommunityText.parse(text));
        assertThat(CommunityText.parse(text).standard().isPresent())
                .isNotEqualTo(CommunityText.parse(text).large().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "65536:0, invalid community value",
        "0:65536, invalid community value",
        "-1:0, invalid community value",
        "1:, invalid community value",
        ":1, invalid community value",
        "1:two, invalid community value",
        "1:99999999999, invalid community value",
        "1:2:3, invalid community format",
        "large:1:2, invalid community format",
        "large:1:2:3:4, invalid community format",
        "small:1:2:3, invalid community value",
        "large:4294967296:0:0, invalid community value",
        "large:1:2:, invalid community value"
    })
    void aBadLiteralIsRefusedInTheWordsOfMetallb(String text, String rule) {
        assertThat(CommunityText.isLiteral(text)).isTrue();
        assertThat(CommunityText.of(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommunityText.parse(text))
                .withMessageStartingWith(rule)
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gold", "no-export"})
    void anythingWithoutAColonIsAnAlias(String text) {
        assertThat(CommunityText.isLiteral(text)).isFalse();
        assertThat(CommunityText.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyNumbersInRangeAreOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1000; i++) {
            String standard = random.nextInt(1 << 16) + ":" + random.nextInt(1 << 16);
            String large = "large:" + random.nextLong(1L << 32) + ":" + random.nextLong(1L << 32) + ":"
                    + random.nextLong(1L << 32);
            assertThat(CommunityText.of(standard).orElseThrow()).hasToString(standard);
            assertThat(CommunityText.of(large).orElseThrow()).hasToString(large);
        }
    }
}
