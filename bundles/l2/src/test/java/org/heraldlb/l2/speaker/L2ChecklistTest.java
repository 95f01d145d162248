package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.Link.LinkAddress;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.packet.Frames;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MetalLB's checklist as far as the announcer alone decides it; who announces is tested with the planner. */
final class L2ChecklistTest {

    private static final Set<Flag> RUNNING = Set.of(Flag.UP, Flag.RUNNING, Flag.BROADCAST, Flag.MULTICAST);
    private static final int DESTINATION = 0;
    private static final int OPERATION = 20;
    private static final int TARGET = 38;

    private final ManualLoop loop = new ManualLoop();
    private final FakeWire wire = new FakeWire();
    private final LinkSnapshot links = new LinkSnapshot(1, List.of(link(2, "eth0"), link(3, "eth1")), List.of());
    private final L2Engine engine = new L2Engine(
            loop,
            wire,
            new LinkMonitor() {
                @Override
                public LinkSnapshot current() {
                    return links;
                }

                @Override
                public Registration observe(Consumer<? super LinkSnapshot> observer) {
                    observer.accept(links);
                    return () -> {};
                }
            },
            L2Settings.parse("", "0 1100"));
    private long generation;

    private static Link link(int index, String name) {
        LinkAddress local = new LinkAddress(IpAddress.parse("fe80::" + index), 64);
        return new Link(
                index,
                name,
                Optional.of(new MacAddress(0x0200_0000_0000L + index)),
                RUNNING,
                Optional.empty(),
                List.of(local));
    }

    @BeforeEach
    void start() {
        engine.start();
        loop.runPosted();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private void plan(L2Announcement... announcements) {
        engine.apply(new L2Plan(++generation, "a", List.of(announcements)));
        loop.runPosted();
        wire.open.values().forEach(socket -> socket.sent.clear());
    }

    private static L2Announcement at(String address, String... names) {
        InterfaceSelection where = names.length == 0 ? InterfaceSelection.ALL : InterfaceSelection.only(Set.of(names));
        return new L2Announcement(IpAddress.parse(address), where, List.of());
    }

    private AnnouncementStatus status() {
        return engine.status().current().announcements().get(0);
    }

    private boolean answers(String name, byte[] frame) {
        FakeWire.Socket socket = wire.arp(name);
        if (socket == null) {
            return false;
        }
        int before = socket.sent.size();
        socket.receive(frame);
        return socket.sent.size() > before;
    }

    @ParameterizedTest(name = "L-18 {0}")
    @CsvSource({
        "a reply packet is dropped, 20, 0002, false",
        "a wrong destination is dropped, 0, 020000000009, false",
        "unicast to us is answered, 0, 020000000002, true",
        "broadcast is answered, 0, ffffffffffff, true",
        "not announced: dropped, 38, c0000263, false",
        "announced: answered, 38, c0000264, true"
    })
    void l18(String name, int at, String hex, boolean answered) {
        assertThat(at).isIn(DESTINATION, OPERATION, TARGET);
        plan(at("192.0.2.100"));

        assertThat(answers("eth0", Frames.with(Frames.arpRequest(), at, hex)))
                .as(name)
                .isEqualTo(answered);
    }

    @Test
    void l18EachServiceThatIsAddedIsAnswered() {
        plan(at("192.0.2.100"));
        plan(at("192.0.2.100"), at("192.0.2.101"));
        plan(at("192.0.2.100"), at("192.0.2.101"), at("192.0.2.102"));

        for (String target : List.of("c0000264", "c0000265", "c0000266")) {
            assertThat(answers("eth0", Frames.with(Frames.arpRequest(), TARGET, target)))
                    .isTrue();
        }
    }

    @Test
    void a09ASharedAddressIsOneAnnouncementForBothServices() {
        NamespacedName one = new NamespacedName("default", "one");
        NamespacedName other = new NamespacedName("default", "other");
        plan(new L2Announcement(IpAddress.parse("192.0.2.100"), InterfaceSelection.ALL, List.of(one, other)));

        assertThat(answers("eth0", Frames.arpRequest())).isTrue();
        plan(new L2Announcement(IpAddress.parse("192.0.2.100"), InterfaceSelection.ALL, List.of(other)));
        assertThat(answers("eth0", Frames.arpRequest())).isTrue();
    }

    @ParameterizedTest(name = "A-11, A-12 {0}")
    @CsvSource({"192.0.2.100, 4", "fd96::100, 2"})
    void a11CountersOfTheAddressGrow(String address, long gratuitous) {
        plan(at(address, "eth0"));
        (address.contains(":") ? wire.ndp("eth0") : wire.arp("eth0"))
                .receive(address.contains(":") ? Frames.solicitation() : Frames.arpRequest());
        loop.advance(Duration.ofSeconds(6));

        String label = "{ip=\"" + address + "\"}";
        assertThat(engine.status().current().counters())
                .containsEntry("layer2_requests_received" + label, 1L)
                .containsEntry("layer2_responses_sent" + label, 1L)
                .containsEntry("layer2_gratuitous_sent" + label, gratuitous);
    }

    @Test
    void c01TheStatusNamesTheInterfaces() {
        plan(at("192.0.2.100", "eth1"));

        assertThat(status().places()).containsExactly("eth1");
    }

    @Test
    void c02TheReplyCarriesTheMacOfTheSelectedInterface() {
        plan(at("192.0.2.100", "eth1"));
        wire.arp("eth1").receive(Frames.arpRequest());

        assertThat(wire.arp("eth1").sent).singleElement().satisfies(frame -> assertThat(frame.substring(44, 56))
                .isEqualTo("020000000003"));
    }

    @Test
    void c03AnotherInterfaceAnswersAndTheOldOneStops() {
        plan(at("192.0.2.100", "eth0"));
        plan(at("192.0.2.100", "eth1"));

        assertThat(answers("eth0", Frames.arpRequest())).isFalse();
        assertThat(answers("eth1", Frames.arpRequest())).isTrue();
    }

    @Test
    void c04AnInterfaceThatDoesNotExistFails() {
        plan(at("192.0.2.100", "foo"));

        assertThat(status().state()).isEqualTo(State.FAILED);
        assertThat(status().detail()).isEqualTo("foo: no such interface");
        assertThat(wire.open).isEmpty();
    }

    @Test
    void c05OneBogusInterfaceDoesNotHurtAValidOne() {
        plan(at("192.0.2.100", "foo", "eth0"));

        assertThat(answers("eth0", Frames.arpRequest())).isTrue();
        assertThat(status().state()).isEqualTo(State.PARTIAL);
    }
}
