package org.heraldlb.hostlinux.internal;

import java.time.Duration;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.host.HostAddressAnnouncer;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.hostlinux.addresses.AddressKeeper;
import org.heraldlb.hostlinux.addresses.AddressKeeper.Leave;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers {@link HostAddressAnnouncer}. Immediate: a swap of core, its only user, must not end what it has set. */
@Component(
        service = HostAddressAnnouncer.class,
        immediate = true,
        configurationPid = HostConfig.PID,
        property = HostAddressAnnouncer.NAME + "=host-address")
public final class HostAddressComponent implements HostAddressAnnouncer {

    private final AddressKeeper keeper;
    private final Bundle framework;

    @Activate
    public HostAddressComponent(HostConfig config, BundleContext context, @Reference LinkMonitor links) {
        Duration lifetime = Duration.ofSeconds(Math.max(3, config.address_lifetime()));
        keeper = AddressKeeper.ofKernel(ThreadEventLoop.start("herald-addresses", Ticker.SYSTEM), links, lifetime);
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        keeper.start();
    }

    @Override
    public void apply(HostAddressPlan plan) {
        keeper.apply(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return keeper.status();
    }

    @Deactivate
    void stop() {
        keeper.close(framework.getState() == Bundle.STOPPING ? Leave.REMOVE : Leave.HAND_OVER);
    }
}
