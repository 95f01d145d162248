package org.heraldlb.bgp.speaker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.bgp.fsm.Opens;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Feed;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.Samples;
import org.heraldlb.bgp.packet.WireContext;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.testkit.Intents;

/**
 * The whole speaker with a transport that the fuzzer holds the other end of: connections, bytes, plans, verbs and time in any
 * order. No exception, and afterwards a good peer gets a session and its routes.
 */
class SpeakerFuzzTest {

    private static final Opens THEIRS =
            new Opens(65002, 9, List.of(Family.IPV4_UNICAST), OptionalInt.of(60), false, OptionalInt.empty());
    private static final List<byte[]> SAMPLES =
            Samples.all().stream().map(Samples.Sample::bytes).toList();

    private FakeTransport transport;
    private Speaker speaker;
    private List<FakeTransport.FakeWire> wires;
    private long generation;

    @FuzzTest(maxDuration = "50s")
    void goes_on(byte[] data) {
        transport = new FakeTransport();
        wires = new ArrayList<>();
        speaker = new Speaker(
                new Surroundings(
                        transport,
                        new SpeakerSettings(Optional.empty(), 179, SpeakerSettings.Timers.DEFAULT, true, 10),
                        (local, family) -> Optional.empty(),
                        new BatchCache(),
                        new SplittableRandom(7),
                        ""),
                BfdPort.NONE);
        try {
            speaker.start();
            apply(20);
            Feed feed = new Feed(data);
            for (int i = 0; i < 200 && feed.hasMore(); i++) {
                disturb(feed);
            }
            recover();
        } finally {
            speaker.close();
        }
    }

    private void apply(int routes) {
        speaker.apply(new BgpPlan(
                generation++,
                "node",
                List.of(new PeerPlan(
                        Intents.peer("tor", "10.0.0.2").as(65001, 65002).build(),
                        Optional.empty(),
                        Optional.empty(),
                        Loopback.routes(routes)))));
        transport.manual().runPosted();
    }

    private static byte[] bytes(Message message) {
        return MessageCodec.encode(message, WireContext.INITIAL);
    }

    private void disturb(Feed feed) {
        FakeTransport.FakeWire wire = wires.isEmpty() ? transport.lastDialled() : wires.get(feed.below(wires.size()));
        switch (feed.below(14)) {
            case 0 -> transport.call().ifPresent(wires::add);
            case 1 -> wires.add(transport.lastDialled());
            case 2 -> wire.connect();
            case 3 -> wire.receive(bytes(THEIRS.open(0x0a000000 + feed.below(4), feed.below(2) == 0)));
            case 4 -> wire.receive(bytes(Message.Keepalive.INSTANCE));
            case 5 -> wire.receive(SAMPLES.get(feed.below(SAMPLES.size())).clone());
            case 6 -> wire.receive(bent(feed));
            case 7 -> wire.receive(feed.some(64));
            case 8 -> wire.writable(feed.below(2) == 0);
            case 9 -> transport.manual().advance(Duration.ofMillis(1L << feed.below(15)));
            case 10 -> apply(feed.below(40));
            case 11 -> speaker.control().clear("tor", feed.below(2) == 0);
            case 12 -> speaker.control().disable(feed.below(2) == 0 ? Map.of() : Map.of("tor", "fuzz"));
            default -> wire.fail();
        }
        transport.manual().runPosted();
    }

    private static byte[] bent(Feed feed) {
        byte[] message = SAMPLES.get(feed.below(SAMPLES.size())).clone();
        for (int i = feed.below(4); i >= 0; i--) {
            message[feed.octet() % message.length] = (byte) feed.octet();
        }
        return message;
    }

    private void recover() {
        speaker.control().disable(Map.of());
        apply(20);
        wires.forEach(FakeTransport.FakeWire::fail);
        transport.lastDialled().fail();
        transport.manual().advance(Duration.ofSeconds(40));
        for (int i = 0; i < 100 && transport.lastDialled().isClosed(); i++) {
            transport.manual().advance(Duration.ofSeconds(1));
        }
        FakeTransport.FakeWire good = transport.lastDialled();
        good.writable(true);
        good.connect();
        good.receive(bytes(THEIRS.open(0x0a000002, false)));
        good.receive(bytes(Message.Keepalive.INSTANCE));
        if (!good.sent().contains("0a800000")) {
            throw new AssertionError("a good peer does not get its routes");
        }
    }
}
