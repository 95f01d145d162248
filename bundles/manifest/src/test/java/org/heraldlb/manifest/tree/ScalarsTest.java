package org.heraldlb.manifest.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plain scalars mean, and that what is written is read alike. */
class ScalarsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "-7, -7",
        "+7, 7",
        "0x1f, 31",
        "0X1F, 31",
        "0b101, 5",
        "0o17, 15",
        "017, 15",
        "1_000, 1000",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void integers(String text, long value) {
        assertThat(Scalars.plain(text)).isEqualTo(value);
        assertThat(Scalars.meansSomethingElse(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5",
        "1., 1",
        ".5, 0.5",
        "1e3, 1000",
        "-1.5E-1, -0.15",
        "08, 8",
        ".inf, Infinity",
        "-.Inf, -Infinity"
    })
    void floats(String text, double value) {
        assertThat(Scalars.plain(text)).isEqualTo(value);
    }

    @Test
    void otherWords() {
        assertThat(Scalars.plain("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(Scalars.plain(".nan")).isEqualTo(Double.NaN);
        assertThat(Scalars.plain("yes")).isEqualTo(true);
        assertThat(Scalars.plain("Off")).isEqualTo(false);
        assertThat(Scalars.plain("")).isNull();
        assertThat(Scalars.plain("~")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "10.0.0.1",
                "10.0.0.0/24",
                "1.2.3.4-1.2.3.9",
                "-",
                "+",
                ".",
                "0x",
                "0xg",
                "0b2",
                "yEs",
                "1.5.1",
                "::1",
                "1:2",
                "12:30:45",
                "2030-01-01",
                "1e",
                "--1",
                "+-1",
                "0o",
                "_"
            })
    void texts(String text) {
        assertThat(Scalars.plain(text)).isEqualTo(text);
        assertThat(Scalars.meansSomethingElse(text)).isFalse();
    }

    @Test
    void aNumeralWithoutEndIsText() {
        String endless = "9".repeat(10_000);
        assertThat(Scalars.plain(endless)).isEqualTo(endless);
    }

    @Test
    void whatIsWrittenIsReadAlike() throws TreeException {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String text : List.of(
                "",
                " ",
                "a b",
                "a: b",
                "# a",
                "- a",
                "yes",
                "1",
                "1:2",
                "2030-01-01",
                "null",
                "\u0007\u2028\ufeff",
                "\"\\\n\t\r",
                "ä",
                "\ud83d\ude00",
                "'",
                "{",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "a:",
                "a#b",
                "...",
                "---")) {
            tree.put(text, List.of(text, Map.of(text, text)));
        }
        tree.put("empty map", Map.of());
        tree.put("empty list", List.of());
        tree.put("flag", true);
        tree.put("number", 5L);
        tree.put("nested", Map.of("a", Map.of("b", List.of(Map.of("c", 1L, "d", 2L)))));
        String text = YamlWriter.write(tree);
        assertThat(YamlTree.read(text)).containsExactly(tree);
    }

    @Test
    void documentsAreToldApartBeforeTheyAreRead() throws TreeException {
        String text = "# head\n%YAML 1.1\n---\na: |\n  ---\n  b\n--- {c: d}\n---x: y\n...\n---\n\n# tail\n";
        List<DocumentText> documents = new java.util.ArrayList<>();
        DocumentText.split(text).forEachRemaining(documents::add);
        assertThat(documents).extracting(DocumentText::line).containsExactly(2, 6);
        assertThat(documents.get(0).trees()).containsExactly(Map.of("a", "---\nb\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":tru}",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "[1 2]",
                "{\"a\":01}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":1}x",
                "{a:1}",
                "{\"a\":-}",
                "{",
                "[",
                "{\"a\":"
            })
    void wrongJsonIsRefused(String text) {
        try {
            JsonTree.read(text, 0);
        } catch (TreeException refused) {
            assertThat(refused.fault()).isEqualTo(TreeException.Fault.SYNTAX);
            assertThat(refused.place()).startsWith("line ");
            return;
        }
        throw new AssertionError(text + " was read");
    }
}
