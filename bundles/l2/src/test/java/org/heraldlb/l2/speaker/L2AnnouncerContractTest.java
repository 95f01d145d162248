package org.heraldlb.l2.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.announcer.AnnouncerContract;

final class L2AnnouncerContractTest extends AnnouncerContract<L2Plan> {

    private static final LinkMonitor NO_LINKS = new LinkMonitor() {
        @Override
        public LinkSnapshot current() {
            return LinkSnapshot.EMPTY;
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            observer.accept(LinkSnapshot.EMPTY);
            return () -> {};
        }
    };

    @Override
    protected Announcer<L2Plan> open() {
        L2Settings settings = L2Settings.parse(L2Settings.DEFAULT_EXCLUDED, L2Settings.DEFAULT_SCHEDULE);
        L2Engine engine =
                new L2Engine(ThreadEventLoop.start("l2-test", Ticker.SYSTEM), new FakeWire(), NO_LINKS, settings);
        engine.start();
        return engine;
    }

    @Override
    protected void close(Announcer<L2Plan> opened) {
        ((L2Engine) opened).close();
    }

    @Override
    protected L2Plan plan(long generation, int size) {
        List<L2Announcement> announcements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            announcements.add(new L2Announcement(IpAddress.v4(0xc000_0200 + i), InterfaceSelection.ALL, List.of()));
        }
        return new L2Plan(generation, "a", announcements);
    }
}
