package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "'',abc,3", "abc,'',3", "same,same,0", "flaw,lawn,2", "web,wbe,1"})
    void distanceCountsEditsAndSwaps(String from, String to, int distance) {
        assertThat(Nearest.distance(from, to)).isEqualTo(distance);
        assertThat(Nearest.distance(to, from)).isEqualTo(distance);
    }

    @Test
    void theNearestNameIsOffered() {
        assertThat(Nearest.to("default/wbe", List.of("default/web", "default/db")))
                .contains("default/web");
    }

    @Test
    void amongEquallyNearOnesTheFirstByName() {
        assertThat(Nearest.to("ab", List.of("ac", "aa"))).contains("aa");
    }

    @Test
    void whatIsTooFarIsNotOffered() {
        assertThat(Nearest.to("zzzzzzzz", List.of("default/web"))).isEmpty();
    }
}
