package org.heraldlb.k8ssource.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heraldlb.k8ssource.client.Rights.Rule;
import org.junit.jupiter.api.Test;

final class RightsTest {

    @Test
    void onlyWhatARuleNamesIsAllowed() {
        Rights rights = new Rights(
                List.of(
                        new Rule(List.of("get", "list"), List.of(""), List.of("services"), true),
                        new Rule(List.of("*"), List.of("heraldlb.org"), List.of("*"), true),
                        new Rule(List.of("list"), List.of(""), List.of("secrets"), false)),
                true);
        assertThat(rights.mayAllow("list", "", "services")).isTrue();
        assertThat(rights.mayAllow("watch", "", "services")).isFalse();
        assertThat(rights.mayAllow("list", "metallb.io", "services")).isFalse();
        assertThat(rights.mayAllow("watch", "heraldlb.org", "reservations")).isTrue();
        assertThat(rights.mayAllow("list", "", "secrets")).as("some by name").isFalse();
    }

    @Test
    void nothingIsCertainWhereRulesAreMissing() {
        assertThat(new Rights(List.of(), false).mayAllow("list", "", "services"))
                .isTrue();
    }
}
