package org.heraldlb.bgp.speaker;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.announcer.AnnouncerContract;

class SpeakerContractTest extends AnnouncerContract<BgpPlan> {

    @Override
    protected Announcer<BgpPlan> open() {
        Speaker speaker = new Speaker(
                NettyTransport.nio(Ticker.SYSTEM, "test"),
                SpeakerSettings.DEFAULT,
                new SplittableRandom(1),
                BfdPort.NONE);
        speaker.start();
        return speaker;
    }

    @Override
    protected void close(Announcer<BgpPlan> opened) {
        ((Speaker) opened).close();
    }

    @Override
    protected BgpPlan plan(long generation, int size) {
        Peer peer = Intents.peer("tor", "127.0.0.3").build();
        return new BgpPlan(
                generation,
                "node",
                List.of(new PeerPlan(peer, Optional.empty(), Optional.empty(), Loopback.routes(size))));
    }
}
