package org.heraldlb.configsource.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.configsource.mapping.ConfigKind;
import org.heraldlb.configsource.mapping.ConfigState.Configured;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

final class ConfigSourceTest {

    private final ManualLoop loop = new ManualLoop();
    private final Map<String, Configured> admin = new LinkedHashMap<>();
    private int listings;
    private boolean broken;
    private final ConfigSource source = ConfigSource.start("config", this::list, loop);

    private Map<String, Configured> list() throws IOException {
        listings++;
        if (broken) {
            throw new IOException("disk full");
        }
        return new LinkedHashMap<>(admin);
    }

    private void pool(String pid, String addresses) {
        admin.put(pid, new Configured(ConfigKind.POOL, new TreeMap<>(Map.of("addresses", addresses))));
        source.wake();
    }

    @Test
    void isSyncedAfterTheFirstListingEvenWhenItIsEmpty() {
        assertThat(source.current()).isEqualTo(IntentFragment.unsynced("config"));
        loop.runPosted();
        assertThat(source.current().synced()).isTrue();
        assertThat(source.current().objects()).isEmpty();
    }

    @Test
    void aBurstOfEventsMakesOneListing() {
        loop.runPosted();
        for (int i = 0; i < 100; i++) {
            pool("org.heraldlb.pool~p" + i, "10.0." + i + ".0/24");
        }
        loop.advance(Duration.ofMillis(50));
        assertThat(listings).isEqualTo(2);
        assertThat(source.current().objects()).hasSize(100);
    }

    @Test
    void generationsGrowWithChangesOnly() {
        pool("org.heraldlb.pool~a", "192.0.2.0/28");
        loop.advance(Duration.ofMillis(50));
        long generation = source.current().generation();
        source.wake();
        loop.advance(Duration.ofMillis(50));
        assertThat(source.current().generation()).isEqualTo(generation);
        pool("org.heraldlb.pool~a", "192.0.2.16/28");
        loop.advance(Duration.ofMillis(50));
        assertThat(source.current().generation()).isEqualTo(generation + 1);
    }

    @Test
    void aFailedListingChangesNothingAndIsTriedAgain() {
        pool("org.heraldlb.pool~a", "192.0.2.0/28");
        loop.advance(Duration.ofMillis(50));
        broken = true;
        pool("org.heraldlb.pool~b", "192.0.2.16/28");
        loop.advance(Duration.ofMillis(50));
        assertThat(source.current().objects()).hasSize(1);
        broken = false;
        loop.advance(Duration.ofSeconds(2));
        assertThat(source.current().objects()).hasSize(2);
    }

    @Test
    void nothingIsListedAfterClose() {
        loop.runPosted();
        source.close();
        int before = listings;
        pool("org.heraldlb.pool~a", "192.0.2.0/28");
        loop.advance(Duration.ofSeconds(5));
        assertThat(listings).isEqualTo(before);
        assertThat(loop.isIdle()).isTrue();
    }
}
