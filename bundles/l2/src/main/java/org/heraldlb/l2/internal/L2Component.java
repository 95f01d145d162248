package org.heraldlb.l2.internal;

import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.l2.speaker.L2Engine;
import org.heraldlb.l2.speaker.L2Settings;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Offers {@link L2Announcer}. */
@Component(
        service = L2Announcer.class,
        immediate = true,
        configurationPid = "org.heraldlb.l2",
        property = L2Announcer.NAME + "=" + L2Engine.NAME)
@Designate(ocd = L2Component.Config.class)
public final class L2Component implements L2Announcer {

    /** Settings of the PID {@code org.heraldlb.l2}. */
    @ObjectClassDefinition(name = "Herald layer 2", description = "Answers ARP and NDP for service addresses")
    public @interface Config {

        @AttributeDefinition(
                name = "interfaces.exclude",
                description = "Regular expressions, separated by blanks: interfaces that never announce")
        String interfaces_exclude() default L2Settings.DEFAULT_EXCLUDED;

        @AttributeDefinition(
                name = "gratuitous.schedule",
                description = "Milliseconds after gaining an address, separated by blanks: when the link is told")
        String gratuitous_schedule() default L2Settings.DEFAULT_SCHEDULE;
    }

    private final L2Engine engine;

    @Activate
    public L2Component(Config config, @Reference PacketSockets sockets, @Reference LinkMonitor links) {
        L2Settings settings = L2Settings.parse(config.interfaces_exclude(), config.gratuitous_schedule());
        engine = new L2Engine(ThreadEventLoop.start("herald-l2", Ticker.SYSTEM), sockets, links, settings);
        engine.start();
    }

    @Override
    public void apply(L2Plan plan) {
        engine.apply(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return engine.status();
    }

    @Deactivate
    void stop() {
        engine.close();
    }
}
