package org.heraldlb.hostlinux.internal;

import java.time.Duration;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.hostlinux.links.LinuxLinkMonitor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers {@link LinkMonitor}. */
@Component(service = LinkMonitor.class, configurationPid = HostConfig.PID)
public final class LinkMonitorComponent implements LinkMonitor {

    private final LinuxLinkMonitor monitor;

    @Activate
    public LinkMonitorComponent(HostConfig config) {
        monitor = new LinuxLinkMonitor(Duration.ofSeconds(config.links_poll()));
        monitor.start();
    }

    @Override
    public LinkSnapshot current() {
        return monitor.current();
    }

    @Override
    public Registration observe(Consumer<? super LinkSnapshot> observer) {
        return monitor.observe(observer);
    }

    @Deactivate
    void stop() {
        monitor.close();
    }
}
