package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {

    private final SystemSnapshot sample = Sample.builder().build();

    @ParameterizedTest
    @ValueSource(strings = {"default/web", "web", "192.0.2.10"})
    void aServiceIsFoundByNameAndByAddress(String text) {
        assertThat(Lookup.services(sample, text)).containsExactly(new NamespacedName("default", "web"));
    }

    @Test
    void sharersOfAnAddressAreAllFound() {
        SystemSnapshot shared = new SnapshotBuilder(1, "one")
                .allocation("a", "lab", "192.0.2.1")
                .allocation("b", "lab", "192.0.2.1")
                .build();
        assertThat(Lookup.services(shared, "192.0.2.1")).hasSize(2);
    }

    @Test
    void anUnknownServiceIsRefusedWithAGuess() {
        assertThatThrownBy(() -> Lookup.services(sample, "default/wbe"))
                .hasMessage("no service or address \"default/wbe\"; did you mean default/web?");
    }

    @Test
    void aBareNameIsGuessedAsABareName() {
        assertThatThrownBy(() -> Lookup.services(sample, "wbe"))
                .hasMessage("no service or address \"wbe\"; did you mean web?");
    }

    @Test
    void anUnknownPoolIsRefusedWithAGuess() {
        assertThatThrownBy(() -> Lookup.pools(sample, Optional.of("labb")))
                .hasMessage("no pool \"labb\"; did you mean lab?");
    }

    @Test
    void whereThereIsNoneItSaysSo() {
        assertThatThrownBy(() -> Lookup.services(new SnapshotBuilder(1, "one").build(), "web"))
                .hasMessage("no service or address \"web\"; there is none");
    }

    @Test
    void noNameMeansAllPools() {
        assertThat(Lookup.pools(sample, Optional.empty())).hasSize(1);
    }

    @Test
    void completionOffersNamesAndAddresses() {
        assertThat(Lookup.serviceWords(sample)).containsExactly("192.0.2.10", "default/late", "default/web");
        assertThat(Lookup.poolWords(sample)).containsExactly("lab");
    }
}
