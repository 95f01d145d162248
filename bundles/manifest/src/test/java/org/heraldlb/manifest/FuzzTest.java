package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input of any kind gives problems, never an exception, and never takes long. */
class FuzzTest {

    /** Ends what would never end; how long it takes is what {@code HostileDocuments} of the benchmarks measures. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String SPECIAL = "{}[]:,-#&*!|>'\"%@`~?\n\t\\ 0:/";

    static List<String> hostile() {
        String laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
        StringBuilder bomb = new StringBuilder(laughs);
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
        }
        String pool = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: p}\nspec:\n  addresses: ";
        return List.of(
                bomb.toString(),
                "a: &a [*a]",
                "a: &a {b: &b {c: *b}}",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "{a: ".repeat(100_000),
                "- ".repeat(100_000),
                "? ".repeat(50_000),
                "&a ".repeat(50_000),
                "!!x ".repeat(50_000),
                "'" + "a".repeat(3_000_000),
                "\"" + "\\".repeat(1_000_001),
                "a: |\n" + " x\n".repeat(500_000),
                "a: |\n" + " x\n".repeat(10_000_000),
                "a: |\n" + ("  " + "x".repeat(60) + "\n").repeat(480_000),
                "a: |\n" + "\n".repeat(30_000_000),
                "a: |\n" + ("  " + "\ud83d\ude00".repeat(30) + "\n").repeat(400_000),
                "#".repeat(3_000_000),
                "---\n".repeat(500_000),
                "{}\n".repeat(200_000),
                "{} ".repeat(200_000),
                pool + "9".repeat(100_000),
                pool + "[" + "10.0.0.0/24, ".repeat(20_000) + "]",
                pool + "[\"0.0.0.1-255.255.255.254\", \"::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe\"]",
                pool + "[" + "{},".repeat(50_000) + "]",
                "x".repeat(34_000_000),
                "\u0000\u0001\ufffe\uffff",
                "\ufeff\ufeffa: b",
                "%YAML 9.9\n---\na: b",
                "a: 1e999999999999\nb: 0x" + "f".repeat(10_000));
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("hostile")
    void hostileTextIsRefusedAtOnce(String text) {
        Parsed parsed = Assertions.assertTimeoutPreemptively(LONGEST, () -> Fixture.parse(text));
        CrossCheck.check(parsed.objects(), List.of(), CrossCheckOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutatedDocumentsNeverThrow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Generated generated = new Generated(seed);
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(Documents.print(generated.next()));
            for (int left = random.nextInt(1, 12); left > 0; left--) {
                mutate(text, random);
            }
            String mutated = text.toString();
            try {
                Parsed parsed = Fixture.parse(mutated);
                CrossCheck.check(parsed.objects(), List.of(), CrossCheckOptions.DEFAULT);
                parsed.objects().forEach(Documents::print);
            } catch (RuntimeException | StackOverflowError broken) {
                throw new AssertionError("seed " + seed + ", round " + i + ":\n" + mutated, broken);
            }
        }
    }

    private static void mutate(StringBuilder text, SplittableRandom random) {
        if (text.isEmpty()) {
            text.append("a");
        }
        int at = random.nextInt(text.length());
        switch (random.nextInt(6)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
            case 2 -> text.setCharAt(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
            case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
            case 4 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
            default -> text.setLength(Math.max(1, at));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBytesInAnyEncodingNeverThrow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            for (var charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
                assertThat(Fixture.parse(new String(bytes, charset))).isNotNull();
            }
        }
    }
}
