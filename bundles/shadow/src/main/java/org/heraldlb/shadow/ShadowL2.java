package org.heraldlb.shadow;

import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Ranked below every other, so that it is used only where a target names it. */
@Component(
        service = L2Announcer.class,
        property = {Announcer.NAME + "=" + Shadow.NAME, "service.ranking:Integer=-1000"})
public final class ShadowL2 implements L2Announcer {

    private final Shadow<L2Plan> shadow;

    @Activate
    public ShadowL2() {
        shadow = new Shadow<>(ThreadEventLoop.start("herald-shadow-l2", Ticker.SYSTEM), Contents::of);
    }

    @Override
    public void apply(L2Plan plan) {
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
