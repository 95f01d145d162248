package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Update;
import org.heraldlb.bgp.speaker.ReceivedRoutes.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedRoutesTest {

    private static List<IpPrefix> prefixes(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> IpPrefix.parse("10.0.0." + i + "/32"))
                .toList();
    }

    private static Update announce(int from, int to) {
        return new Update(List.of(), List.of(), prefixes(from, to));
    }

    private static ReceivedRoutes routes(int limit) {
        return new ReceivedRoutes(limit, Set.of(Family.IPV4_UNICAST));
    }

    @ParameterizedTest
    @CsvSource({"8, 5, WITHIN", "8, 6, NEAR", "8, 8, NEAR", "8, 9, BEYOND", "1, 1, NEAR", "0, 0, WITHIN", "0, 1, BEYOND"
    })
    void warns_at_three_quarters_and_beyond_the_limit(int limit, int count, Level level) {
        assertThat(routes(limit).apply(announce(0, count))).isEqualTo(level);
    }

    @Test
    void says_each_level_once() {
        ReceivedRoutes routes = routes(4);
        assertThat(routes.apply(announce(0, 3))).isEqualTo(Level.NEAR);
        assertThat(routes.apply(announce(3, 4))).isEqualTo(Level.WITHIN);
        routes.apply(new Update(prefixes(0, 4), List.of(), List.of()));
        assertThat(routes.apply(announce(0, 4))).isEqualTo(Level.WITHIN);
        assertThat(routes.apply(announce(4, 5))).isEqualTo(Level.BEYOND);
        assertThat(routes.apply(announce(5, 6))).isEqualTo(Level.WITHIN);
        assertThat(routes.size()).isEqualTo(4);
        assertThat(routes.dropped()).isEqualTo(2);
    }
}
