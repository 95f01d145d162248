package org.heraldlb.shadow;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.announcer.AnnouncerContract;

class ShadowContractTest extends AnnouncerContract<BgpPlan> {

    @Override
    protected Announcer<BgpPlan> open() {
        return new ShadowBgp();
    }

    @Override
    protected void close(Announcer<BgpPlan> opened) {
        ((ShadowBgp) opened).stop();
    }

    @Override
    protected BgpPlan plan(long generation, int size) {
        List<Route> routes = IntStream.range(0, size)
                .mapToObj(i -> new Route(IpPrefix.host(IpAddress.v4(0xc000_0200 + i)), RouteAttributes.NONE))
                .toList();
        PeerPlan peer =
                new PeerPlan(Intents.peer("tor", "192.0.2.254").build(), Optional.empty(), Optional.empty(), routes);
        return new BgpPlan(generation, "node", List.of(peer));
    }
}
