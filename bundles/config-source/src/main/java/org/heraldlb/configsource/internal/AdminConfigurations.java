package org.heraldlb.configsource.internal;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.configsource.mapping.ConfigKind;
import org.heraldlb.configsource.mapping.ConfigState.Configured;
import org.heraldlb.configsource.watch.Configurations;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations of Config Admin. Nothing is bound to this bundle: it only looks. */
final class AdminConfigurations implements Configurations {

    private static final String FILTER = "(service.factoryPid=org.heraldlb.*)";

    private final ConfigurationAdmin admin;

    AdminConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Configured> list() throws IOException {
        SortedMap<String, Configured> byPid = new TreeMap<>();
        for (Configuration configuration : all()) {
            Optional<ConfigKind> kind = ConfigKind.of(configuration.getFactoryPid());
            Dictionary<String, Object> properties = configuration.getProperties();
            if (kind.isPresent() && properties != null) {
                byPid.put(configuration.getPid(), new Configured(kind.get(), copy(properties)));
            }
        }
        return byPid;
    }

    private Configuration[] all() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(FILTER);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(FILTER, impossible);
        }
    }

    private static SortedMap<String, Object> copy(Dictionary<String, Object> properties) {
        SortedMap<String, Object> copy = new TreeMap<>();
        Collections.list(properties.keys()).forEach(key -> copy.put(key, properties.get(key)));
        return copy;
    }
}
