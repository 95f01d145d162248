package org.heraldlb.configsource.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.configsource.mapping.ConfigState.Configured;
import org.heraldlb.manifest.ReadContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigStateTest {

    private final Map<String, Configured> configured = new LinkedHashMap<>();
    private ConfigState state = ConfigState.empty(ReadContext.files("config"));

    private static Configured pool(String addresses) {
        return new Configured(ConfigKind.POOL, new TreeMap<>(Map.of("addresses", addresses)));
    }

    private static Configured named(String name, String addresses) {
        return new Configured(ConfigKind.POOL, new TreeMap<>(Map.of("addresses", addresses, "name", name)));
    }

    private void set(String pid, Configured value) {
        configured.put(pid, value);
        state = state.with(configured);
    }

    private void delete(String pid) {
        configured.remove(pid);
        state = state.with(configured);
    }

    private List<String> addresses() {
        return state.contents().objects().stream()
                .map(object -> ((AddressPool) object).entries().get(0).text())
                .toList();
    }

    private List<String> codes() {
        return state.contents().problems().stream().map(Problem::code).toList();
    }

    @Test
    void aConfigurationIsAnObjectFromItsCreationToItsDeletion() {
        set("org.heraldlb.pool~a", pool("192.0.2.0/28"));
        set("org.heraldlb.pool~b", pool("192.0.2.16/28"));
        assertThat(addresses()).containsExactly("192.0.2.0/28", "192.0.2.16/28");
        set("org.heraldlb.pool~a", pool("192.0.2.32/28"));
        assertThat(addresses()).containsExactly("192.0.2.32/28", "192.0.2.16/28");
        delete("org.heraldlb.pool~a");
        assertThat(addresses()).containsExactly("192.0.2.16/28");
    }

    @Test
    void aBadUpdateKeepsTheLastGoodObjectOfItsPid() {
        set("org.heraldlb.pool~a", pool("192.0.2.0/28"));
        set("org.heraldlb.pool~a", pool("nonsense"));
        assertThat(addresses()).containsExactly("192.0.2.0/28");
        assertThat(codes()).hasSize(1);
        set("org.heraldlb.pool~a", pool("more nonsense"));
        assertThat(addresses()).containsExactly("192.0.2.0/28");
        set("org.heraldlb.pool~a", pool("192.0.2.16/28"));
        assertThat(addresses()).containsExactly("192.0.2.16/28");
        assertThat(codes()).isEmpty();
    }

    @Test
    void aConfigurationThatNeverWasGoodIsNoObject() {
        set("org.heraldlb.pool~a", pool("nonsense"));
        assertThat(addresses()).isEmpty();
        delete("org.heraldlb.pool~a");
        assertThat(codes()).isEmpty();
    }

    @Test
    void theSameObjectInTwoConfigurationsIsAProblemAndTheFirstByPidCounts() {
        set("org.heraldlb.pool~b", named("a", "192.0.2.16/28"));
        set("org.heraldlb.pool~a", pool("192.0.2.0/28"));
        assertThat(addresses()).containsExactly("192.0.2.0/28");
        assertThat(codes()).containsExactly("duplicateObject");
        delete("org.heraldlb.pool~a");
        assertThat(addresses()).containsExactly("192.0.2.16/28");
        assertThat(codes()).isEmpty();
    }

    @Test
    void theTextOfAConfigurationHasNoValues() {
        assertThat(pool("hush").toString()).doesNotContain("hush").contains("addresses");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyHistoryOfGoodConfigurationsEndsWhereAFreshReadEnds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            String pid = "org.heraldlb.pool~p" + random.nextInt(6);
            switch (random.nextInt(4)) {
                case 0 -> delete(pid);
                case 1 -> set(pid, pool("nonsense" + i));
                default -> set(pid, named("n" + random.nextInt(6), "192.0.2." + random.nextInt(256) + "/32"));
            }
        }
        Map<String, Configured> good = new LinkedHashMap<>();
        configured.keySet().forEach(pid -> good.put(pid, pool("198.51.100.0/24")));
        List<ConfigObject> fresh = ConfigState.empty(ReadContext.files("config"))
                .with(good)
                .contents()
                .objects();
        assertThat(state.with(good).contents().objects()).as("seed %d", seed).isEqualTo(fresh);
    }
}
