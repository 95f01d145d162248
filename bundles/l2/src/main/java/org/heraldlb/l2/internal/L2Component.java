package org.heraldlb.l2.internal;

import java.util.List;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.l2.L2Neighbor;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.api.member.Membership;
import org.heraldlb.l2.speaker.L2Engine;
import org.heraldlb.l2.speaker.L2Settings;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Offers {@link L2Announcer} and {@link L2View}. */
@Component(
        service = {L2Announcer.class, L2View.class},
        immediate = true,
        configurationPid = "org.heraldlb.l2",
        property = L2Announcer.NAME + "=" + L2Engine.NAME)
@Designate(ocd = L2Config.class)
public final class L2Component implements L2Announcer, L2View {

    private final L2Engine engine;

    @Activate
    public L2Component(L2Config config, @Reference PacketSockets sockets, @Reference LinkMonitor links) {
        L2Settings settings = L2Settings.parse(config.interfaces_exclude(), config.gratuitous_schedule())
                .withPings(config.ping_answer() ? config.ping_rate() : 0);
        engine = new L2Engine(ThreadEventLoop.start("herald-l2", Ticker.SYSTEM), sockets, links, settings);
        engine.start();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(Membership membership) {
        engine.follow(membership);
    }

    void unbind(Membership membership) {
        engine.leave(membership);
    }

    @Override
    public void apply(L2Plan plan) {
        engine.apply(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return engine.status();
    }

    @Override
    public List<L2Neighbor> neighbors() {
        return engine.view().neighbors();
    }

    @Override
    public List<L2Check> checks() {
        return engine.view().checks();
    }

    @Override
    public byte[] capture() {
        return engine.view().capture();
    }

    @Deactivate
    void stop() {
        engine.close();
    }
}
