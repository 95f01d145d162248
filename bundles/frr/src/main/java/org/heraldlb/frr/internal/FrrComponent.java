package org.heraldlb.frr.internal;

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
import org.heraldlb.frr.speaker.FrrAnnouncer;
import org.heraldlb.frr.speaker.FrrControl;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The FRR announcer. Its ranking is below that of the native one, so that it is used where it is asked for. */
@Component(
        service = {BgpAnnouncer.class, BgpControl.class},
        immediate = true,
        configurationPid = "org.heraldlb.frr",
        property = {Announcer.NAME + "=" + FrrAnnouncer.NAME, "service.ranking:Integer=-100"})
@Designate(ocd = Config.class)
public final class FrrComponent implements BgpAnnouncer, BgpControl, HandOver {

    private final FrrAnnouncer announcer;
    private final FrrControl control;

    @Activate
    public FrrComponent(Config config) {
        announcer = new FrrAnnouncer(
                ThreadEventLoop.start("herald-frr", Ticker.SYSTEM),
                Config.Reader.host(config),
                Config.Reader.settings(config),
                Config.Reader.extras(config));
        control = new FrrControl(announcer);
    }

    @Override
    public void apply(BgpPlan plan) {
        announcer.apply(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return announcer.status();
    }

    @Override
    public void letGo(Runnable done) {
        announcer.letGo(done);
    }

    @Override
    public void clear(String peer, boolean soft) {
        control.clear(peer, soft);
    }

    @Override
    public List<ReceivedRoute> received(String peer) {
        return control.received(peer);
    }

    @Override
    public Registration trace(String peer, Consumer<String> line) {
        return control.trace(peer, line);
    }

    @Override
    public void disable(Map<String, String> reasonByPeer) {
        control.disable(reasonByPeer);
    }

    @Override
    public Optional<BgpPeerDetail> detail(String peer) {
        return control.detail(peer);
    }

    @Deactivate
    void stop() {
        announcer.close();
    }
}
