package org.heraldlb.frr.internal;

import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.frr.speaker.FrrAnnouncer;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The FRR announcer. Its ranking is below that of the native one, so that it is used where it is asked for. */
@Component(
        service = BgpAnnouncer.class,
        configurationPid = "org.heraldlb.frr",
        property = {Announcer.NAME + "=" + FrrAnnouncer.NAME, "service.ranking:Integer=-100"})
@Designate(ocd = Config.class)
public final class FrrComponent implements BgpAnnouncer, HandOver {

    private final FrrAnnouncer announcer;

    @Activate
    public FrrComponent(Config config) {
        announcer = new FrrAnnouncer(
                ThreadEventLoop.start("herald-frr", Ticker.SYSTEM),
                Config.Reader.host(config),
                Config.Reader.settings(config),
                Config.Reader.extras(config));
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

    @Deactivate
    void stop() {
        announcer.close();
    }
}
