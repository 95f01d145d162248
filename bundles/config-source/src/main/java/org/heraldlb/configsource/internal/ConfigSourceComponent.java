package org.heraldlb.configsource.internal;

import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.configsource.mapping.ConfigKind;
import org.heraldlb.configsource.watch.ConfigSource;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration source as a service. */
@Component(
        service = {IntentSource.class, ConfigurationListener.class},
        configurationPid = "org.heraldlb.configsource",
        immediate = true)
@Designate(ocd = ConfigSourceConfig.class)
public final class ConfigSourceComponent implements IntentSource, ConfigurationListener {

    private final ConfigSource source;

    @Activate
    public ConfigSourceComponent(@Reference ConfigurationAdmin admin, ConfigSourceConfig config) {
        source = ConfigSource.start(
                config.id(), new AdminConfigurations(admin), ThreadEventLoop.start("config-source", Ticker.SYSTEM));
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (ConfigKind.of(event.getFactoryPid()).isPresent()) {
            source.wake();
        }
    }

    @Override
    public String id() {
        return source.id();
    }

    @Override
    public IntentFragment current() {
        return source.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return source.observe(observer);
    }

    @Deactivate
    public void close() {
        source.close();
    }
}
