package org.heraldlb.bgp.internal;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.bgp.speaker.NettyTransport;
import org.heraldlb.bgp.speaker.Speaker;
import org.heraldlb.runtime.Ticker;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The native announcer. Immediate: a swap of core, perhaps its only user, must not end its sessions. */
@Component(
        service = {BgpAnnouncer.class, BgpControl.class, HandOver.class},
        immediate = true,
        configurationPid = "org.heraldlb.bgp",
        property = Announcer.NAME + "=" + Speaker.NAME)
@Designate(ocd = Config.class)
public final class BgpComponent implements BgpAnnouncer, BgpControl, HandOver {

    private final Speaker speaker;

    @Activate
    public BgpComponent(BundleContext bundle, Config config) {
        NettyTransport transport = "nio".equals(config.transport())
                ? NettyTransport.nio(Ticker.SYSTEM, "configured")
                : NettyTransport.best(Ticker.SYSTEM);
        speaker = new Speaker(transport, Config.Reader.settings(config), new SecureRandom(), new BfdWhiteboard(bundle));
        speaker.start();
        Speaker.rehearse();
    }

    /** Held together because unnumbered peers need both; DS calls in any order. */
    @Reference(name = "host", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bind(HostAccess host) {
        speaker.host(host.sockets(), host.links());
    }

    void unbind(HostAccess host) {
        speaker.hostGone();
    }

    @Override
    public void apply(BgpPlan plan) {
        speaker.apply(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return speaker.status();
    }

    @Override
    public void letGo(Runnable done) {
        speaker.letGo(done);
    }

    @Override
    public void clear(String peer, boolean soft) {
        speaker.control().clear(peer, soft);
    }

    @Override
    public List<ReceivedRoute> received(String peer) {
        return speaker.control().received(peer);
    }

    @Override
    public Registration trace(String peer, Consumer<String> line) {
        return speaker.control().trace(peer, line);
    }

    @Override
    public void disable(Map<String, String> reasonByPeer) {
        speaker.control().disable(reasonByPeer);
    }

    @Override
    public Optional<BgpPeerDetail> detail(String peer) {
        return speaker.control().detail(peer);
    }

    @Deactivate
    void stop() {
        speaker.close();
    }
}
