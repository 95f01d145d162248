package org.heraldlb.shadow;

import java.util.List;
import java.util.stream.IntStream;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.announcer.AnnouncerContract;

class ShadowL2ContractTest extends AnnouncerContract<L2Plan> {

    @Override
    protected Announcer<L2Plan> open() {
        return new ShadowL2();
    }

    @Override
    protected void close(Announcer<L2Plan> opened) {
        ((ShadowL2) opened).stop();
    }

    @Override
    protected L2Plan plan(long generation, int size) {
        return new L2Plan(
                generation,
                "node",
                IntStream.range(0, size)
                        .mapToObj(i ->
                                new L2Announcement(IpAddress.v4(0xc000_0200 + i), InterfaceSelection.ALL, List.of()))
                        .toList());
    }
}
