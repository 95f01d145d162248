package org.heraldlb.api.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.20.30.40/24, 10.20.30.0/24, 10.20.30.255",
        "10.0.0.0/8, 10.0.0.0/8, 10.255.255.255",
        "1.2.3.4/0, 0.0.0.0/0, 255.255.255.255",
        "1.2.3.4/32, 1.2.3.4/32, 1.2.3.4",
        "fc00:f853:ccd:e799::/124, fc00:f853:ccd:e799::/124, fc00:f853:ccd:e799::f",
        "2001:db8::1/64, 2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::1/32, 2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "::1/0, ::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void masksHostBitsAndKnowsItsLastAddress(String text, String canonical, String last) {
        IpPrefix prefix = IpPrefix.parse(text);
        assertThat(prefix).hasToString(canonical);
        assertThat(prefix.last()).hasToString(last);
        assertThat(prefix.contains(prefix.last())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4", "1.2.3.4/", "1.2.3.4/33", "::/129", "1.2.3.4/-1", "1.2.3.4/1x", "1.2.3.4/0000"})
    void refusesWhatIsNoPrefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @Test
    void overlapsWhenOneContainsTheOther() {
        assertThat(IpPrefix.parse("10.0.0.0/8").overlaps(IpPrefix.parse("10.1.0.0/16")))
                .isTrue();
        assertThat(IpPrefix.parse("10.1.0.0/16").overlaps(IpPrefix.parse("10.0.0.0/8")))
                .isTrue();
        assertThat(IpPrefix.parse("10.1.0.0/16").overlaps(IpPrefix.parse("10.2.0.0/16")))
                .isFalse();
        assertThat(IpPrefix.parse("0.0.0.0/0").overlaps(IpPrefix.parse("::/0"))).isFalse();
    }

    @Test
    void rangesBecomeTheFewestPrefixes() {
        assertThat(range("10.0.0.0", "10.0.0.255").toPrefixes()).hasToString("[10.0.0.0/24]");
        assertThat(range("10.0.0.1", "10.0.0.6").toPrefixes())
                .hasToString("[10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/31, 10.0.0.6/32]");
        assertThat(range("0.0.0.0", "255.255.255.255").toPrefixes()).hasToString("[0.0.0.0/0]");
        assertThat(range("::", "::ffff").toPrefixes()).hasToString("[::/112]");
    }

    @Test
    void prefixesOfARangeCoverItExactly() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            IpAddress a = IpAddress.v4(random.nextInt());
            IpAddress b = IpAddress.v4(random.nextInt());
            IpRange range = a.compareTo(b) <= 0 ? new IpRange(a, b) : new IpRange(b, a);
            List<IpPrefix> prefixes = range.toPrefixes();
            BigInteger size = prefixes.stream().map(p -> p.range().size()).reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(size).isEqualTo(range.size());
            assertThat(prefixes.get(0).address()).isEqualTo(range.first());
            assertThat(prefixes.get(prefixes.size() - 1).last()).isEqualTo(range.last());
        }
    }

    @Test
    void rangesRefuseMixedFamiliesAndReversedEnds() {
        assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.1", "::1"));
        assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.2", "10.0.0.1"));
    }

    private static IpRange range(String first, String last) {
        return new IpRange(IpAddress.parse(first), IpAddress.parse(last));
    }
}
