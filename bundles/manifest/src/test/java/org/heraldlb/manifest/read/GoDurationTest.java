package org.heraldlb.manifest.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "90s, PT90S",
        "1m30s, PT90S",
        "1h, PT1H",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "300ms, PT0.3S",
        "10us, PT0.00001S",
        "10µs, PT0.00001S",
        "7ns, PT0.000000007S",
        "-3s, PT-3S",
        "+3s, PT3S",
        "2562047h, PT2562047H"
    })
    void reads(String text, String duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "s",
                "3",
                "3 s",
                "3s ",
                "3d",
                "1e3s",
                ".s",
                "3sm",
                "--3s",
                "9999999999h",
                "0x3s",
                "1m 30s"
            })
    void refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse(text))
                .withMessageContaining("duration");
    }

    @Test
    void whatIsPrintedIsReadAlike() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            long scale = new long[] {1, 1_000_000, 1_000_000_000}[i % 3];
            Duration duration = Duration.ofNanos(random.nextLong(-1_000_000, 1_000_000) * scale);
            assertThat(GoDuration.parse(GoDuration.print(duration)))
                    .as(duration.toString())
                    .isEqualTo(duration);
        }
    }
}
