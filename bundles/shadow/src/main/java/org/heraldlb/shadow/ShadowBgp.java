package org.heraldlb.shadow;

import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Ranked below every other, so that it is used only where a target names it. */
@Component(
        service = BgpAnnouncer.class,
        property = {Announcer.NAME + "=" + Shadow.NAME, "service.ranking:Integer=-1000"})
public final class ShadowBgp implements BgpAnnouncer {

    private final Shadow<BgpPlan> shadow;

    @Activate
    public ShadowBgp() {
        shadow = new Shadow<>(ThreadEventLoop.start("herald-shadow-bgp", Ticker.SYSTEM), Contents::of);
    }

    @Override
    public void apply(BgpPlan plan) {
        shadow.apply(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return shadow.status();
    }

    @Deactivate
    void stop() {
        shadow.close();
    }
}
