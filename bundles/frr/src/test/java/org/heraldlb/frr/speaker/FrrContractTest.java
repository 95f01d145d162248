package org.heraldlb.frr.speaker;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Plans;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.announcer.AnnouncerContract;

class FrrContractTest extends AnnouncerContract<BgpPlan> {

    @Override
    protected Announcer<BgpPlan> open() {
        return new FrrAnnouncer(
                ThreadEventLoop.start("frr-test", Ticker.SYSTEM), new FakeHost(), FrrSettings.DEFAULT, List.of());
    }

    @Override
    protected void close(Announcer<BgpPlan> opened) {
        ((FrrAnnouncer) opened).close();
    }

    @Override
    protected BgpPlan plan(long generation, int size) {
        List<Route> routes = IntStream.range(0, size)
                .mapToObj(i -> Plans.route("203.0.113." + i + "/32"))
                .toList();
        return new BgpPlan(
                generation,
                "node",
                List.of(new PeerPlan(
                        Intents.peer("tor", "192.0.2.1").build(), Optional.empty(), Optional.empty(), routes)));
    }
}
