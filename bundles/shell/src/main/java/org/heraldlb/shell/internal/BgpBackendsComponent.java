package org.heraldlb.shell.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.shell.BgpBackends;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Announcers by their names, and the choice in Config Admin, which File Install writes to etc/. */
@Component(service = BgpBackends.class)
public final class BgpBackendsComponent implements BgpBackends {

    private static final String CORE = "org.heraldlb.core";

    private final ConfigurationAdmin configurations;
    private final Map<ServiceReference<BgpAnnouncer>, String> names = new ConcurrentHashMap<>();

    @Activate
    public BgpBackendsComponent(@Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    @Reference(
            service = BgpAnnouncer.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindAnnouncer(ServiceReference<BgpAnnouncer> announcer) {
        names.put(announcer, Objects.toString(announcer.getProperty(Announcer.NAME), ""));
    }

    void unbindAnnouncer(ServiceReference<BgpAnnouncer> announcer) {
        names.remove(announcer);
    }

    @Override
    public List<String> names() {
        return names.values().stream()
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String target() throws IOException {
        Dictionary<String, Object> properties = core().getProperties();
        return properties == null
                ? ""
                : Objects.toString(properties.get(TARGET), "").strip();
    }

    @Override
    public void choose(String name) throws IOException {
        Dictionary<String, Object> properties = core().getProperties();
        Dictionary<String, Object> next = properties == null ? new Hashtable<>() : properties;
        next.put(TARGET, "(" + Announcer.NAME + "=" + name + ")");
        core().update(next);
    }

    /** Of no bundle in particular, as File Install makes them. */
    private Configuration core() throws IOException {
        return configurations.getConfiguration(CORE, null);
    }
}
