package org.heraldlb.manifest.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.heraldlb.manifest.tree.TreeException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text and trees: what is written is read as it was, by both readers alike, and bounds hold. */
class TreesTest {

    private static final String[] WORDS = {
        "",
        "a",
        "yes",
        "off",
        "null",
        "~",
        "1",
        "-0",
        "0x1f",
        "1e3",
        ".inf",
        "2001:db8::1",
        "10.0.0.0/24",
        "a: b",
        "- a",
        " lead",
        "trail ",
        "line\nbreak",
        "tab\t",
        "\"",
        "'",
        "\\",
        "#",
        "a #b",
        "{",
        "[",
        "]",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        ":",
        "---",
        "...",
        "<<",
        "=",
        "\u00e4\u4e2d",
        "\ud83d\ude00",
        "\u0007",
        "\u2028",
        "\r\n",
        "1_000"
    };

    private final SplittableRandom random = new SplittableRandom(1);

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static Object tree(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 8)) {
            case 0 -> (long) random.nextInt(-1000, 1000);
            case 1 -> random.nextBoolean();
            case 2 -> BigInteger.TWO.pow(70).add(BigInteger.valueOf(random.nextInt(9)));
            case 3, 4 -> word(random);
            case 5 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static List<Object> list(SplittableRandom random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(tree(random, depth + 1));
        }
        return list;
    }

    private static Map<String, Object> map(SplittableRandom random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            map.put(word(random) + random.nextInt(3), tree(random, depth + 1));
        }
        return map;
    }

    private static String json(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            List<String> fields = new ArrayList<>();
            map.forEach((key, value) -> fields.add(quoted(String.valueOf(key)) + ": " + json(value)));
            return "{" + String.join(", ", fields) + "}";
        }
        if (tree instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(TreesTest::json).toList()) + "]";
        }
        return tree instanceof String text ? quoted(text) : String.valueOf(tree);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
            out.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return out.append('"').toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsWrittenIsReadAsItWas(long seed) throws TreeException {
        SplittableRandom seeded = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            Map<String, Object> tree = map(seeded, 0);
            tree.put("last", word(seeded));
            String text = YamlWriter.write(tree);
            assertThat(YamlTree.read(text)).as("seed %d:%n%s", seed, text).containsExactly(tree);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void jsonIsReadAsTheYamlThatItIs(long seed) throws TreeException {
        SplittableRandom seeded = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            Object tree = map(seeded, 0);
            String text = json(tree);
            assertThat(JsonTree.read(text, 0)).as("seed %d: %s", seed, text).containsExactly(tree);
            assertThat(YamlTree.read(text)).as("seed %d: %s", seed, text).containsExactly(tree);
        }
    }

    /** Wherever a surrogate pair stands: the reader of the library takes text in pieces of 1024 and of 65536. */
    @Test
    void aPairMayStandAcrossTheEndOfABuffer() throws TreeException {
        for (int size : new int[] {1 << 10, 1 << 16}) {
            for (int before = size - 12; before < size + 4; before++) {
                String text = "x".repeat(before) + "\ud83d\ude00".repeat(3) + "y".repeat(random.nextInt(size));
                assertThat(YamlTree.read("a: " + text)).containsExactly(Map.of("a", text));
                assertThat(YamlTree.read("a: |-\n  " + text)).containsExactly(Map.of("a", text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: \ud83d", "\ude00", "a: \"\ud83d\"", "\ud83d: b", "a: b # \ud83d"})
    void halfAPairIsRefusedAndNothingIsThrownButThat(String text) {
        try {
            YamlTree.read(text);
        } catch (TreeException refused) {
            assertThat(refused.fault()).isEqualTo(Fault.SYNTAX);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "12345678901234567, true", "9223372036854775807, true", "9223372036854775808, false"})
    void wholeNumbersAreLongsAsFarAsTheyGo(String text, boolean fits) throws TreeException {
        Object expected = fits ? (Object) Long.valueOf(text) : new BigInteger(text);
        assertThat(JsonTree.read("[" + text + "]", 0)).containsExactly(List.of(expected));
        assertThat(YamlTree.read("[" + text + ", -" + text + "]"))
                .containsExactly(List.of(expected, Scalars.narrow(new BigInteger("-" + text))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[01]", "[+1]", "[1.]", "[.5]", "[1e]", "[0x10]", "[--1]", "[1 2]", "[NaN]"})
    void numbersOfJsonAreThoseOfTheRfc(String text) {
        assertThatExceptionOfType(TreeException.class).isThrownBy(() -> JsonTree.read(text, 0));
    }

    @Test
    void boundsAreTold() {
        refused("a: " + "x".repeat(Limits.LINE), Fault.TOO_LARGE);
        refused("\n".repeat(Limits.LINES + 1), Fault.TOO_LARGE);
        refused("[".repeat(Limits.DEPTH + 2), Fault.TOO_DEEP);
        refused("a: &a [x]\nb: [" + "*a, ".repeat(Limits.ALIASED_NODES) + "]", Fault.TOO_MANY_ALIASES);
    }

    private static void refused(String text, Fault fault) {
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(() -> YamlTree.read(text))
                .matches(refused -> refused.fault() == fault);
    }
}
