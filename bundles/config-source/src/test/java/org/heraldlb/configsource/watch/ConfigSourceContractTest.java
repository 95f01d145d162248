package org.heraldlb.configsource.watch;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.configsource.mapping.ConfigKind;
import org.heraldlb.configsource.mapping.ConfigState.Configured;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.source.IntentSourceContract;

/** The configuration source keeps to the contract of sources: one configuration for each pool. */
final class ConfigSourceContractTest extends IntentSourceContract {

    private final Map<String, Configured> admin = new ConcurrentHashMap<>();
    private ConfigSource source;

    @Override
    protected IntentSource open() {
        source = ConfigSource.start(
                "config", () -> new TreeMap<>(admin), ThreadEventLoop.start("config-source", Ticker.SYSTEM));
        return source;
    }

    private void put(String name, String addresses) {
        admin.put(
                "org.heraldlb.pool~" + name,
                new Configured(ConfigKind.POOL, new TreeMap<>(Map.of("addresses", addresses))));
        source.wake();
    }

    @Override
    protected void writePool(String name, String cidr) {
        put(name, cidr);
    }

    @Override
    protected void removePool(String name) {
        admin.remove("org.heraldlb.pool~" + name);
        source.wake();
    }

    @Override
    protected void writeGarbage(String name) {
        put(name, "garbage");
    }

    @Override
    protected void close(IntentSource opened) {
        source.close();
    }
}
