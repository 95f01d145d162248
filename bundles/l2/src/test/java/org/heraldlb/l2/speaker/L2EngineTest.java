package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
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
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.packet.Frames;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class L2EngineTest {

    private static final Set<Flag> RUNNING = EnumSet.of(Flag.UP, Flag.RUNNING, Flag.BROADCAST, Flag.MULTICAST);
    private static final Set<Flag> NO_CARRIER = EnumSet.of(Flag.UP, Flag.BROADCAST, Flag.MULTICAST);
    private static final Set<Flag> DOWN = EnumSet.of(Flag.BROADCAST, Flag.MULTICAST);
    private static final String V4 = "192.0.2.100";
    private static final String V6 = "fd96::100";
    private static final int BURST = 5;

    /** The cell is final, so a monitor around it. */
    private record FakeLinks(SnapshotCell<LinkSnapshot> cell) implements LinkMonitor {
        @Override
        public LinkSnapshot current() {
            return cell.current();
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            return cell.observe(observer);
        }
    }

    private final ManualLoop loop = new ManualLoop();
    private final FakeWire wire = new FakeWire();
    private final FakeLinks links = new FakeLinks(new SnapshotCell<>(LinkSnapshot.EMPTY));
    private final L2Engine engine =
            new L2Engine(loop, wire, links, L2Settings.parse(L2Settings.DEFAULT_EXCLUDED, L2Settings.DEFAULT_SCHEDULE));
    private long generation;

    private static Link link(int index, String name, int mac, Set<Flag> flags) {
        List<LinkAddress> addresses = List.of(new LinkAddress(IpAddress.parse("fe80::" + index), 64));
        return new Link(
                index, name, Optional.of(new MacAddress(0x0200_0000_0000L + mac)), flags, Optional.empty(), addresses);
    }

    private static Link eth0() {
        return link(2, "eth0", 2, RUNNING);
    }

    private static Link eth1() {
        return link(3, "eth1", 3, RUNNING);
    }

    private void links(Link... now) {
        links.cell().set(new LinkSnapshot(++generation, List.of(now), List.of()));
        loop.runPosted();
    }

    private static L2Announcement announcement(String address, String... interfaces) {
        InterfaceSelection where =
                interfaces.length == 0 ? InterfaceSelection.ALL : InterfaceSelection.only(Set.of(interfaces));
        return new L2Announcement(IpAddress.parse(address), where, List.of());
    }

    private void plan(L2Announcement... announcements) {
        engine.apply(new L2Plan(++generation, "a", List.of(announcements)));
        loop.runPosted();
    }

    private void plan(String... addresses) {
        plan(Arrays.stream(addresses).map(L2EngineTest::announcement).toArray(L2Announcement[]::new));
    }

    private AnnouncementStatus status(int index) {
        return engine.status().current().announcements().get(index);
    }

    private long counter(String name) {
        return engine.status().current().counters().get(name);
    }

    @BeforeEach
    void start() {
        engine.start();
        links(eth0(), eth1(), link(1, "lo", 0, EnumSet.of(Flag.UP, Flag.RUNNING)), link(9, "veth1", 9, RUNNING));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void itOpensWhatThePlanNeedsAndNothingElse() {
        plan(V4);

        assertThat(wire.open).containsOnlyKeys("arp eth0", "arp eth1");
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
        assertThat(status(0).places()).containsExactly("eth0", "eth1");
        assertThat(engine.status().current().observedGeneration()).isEqualTo(generation);
    }

    @Test
    void anAddressIsAnsweredOnItsInterfacesOnly() {
        plan(announcement(V4, "eth0"), announcement("192.0.2.101", "eth1"));
        wire.arp("eth0").sent.clear();
        wire.arp("eth1").sent.clear();

        wire.arp("eth0").receive(Frames.arpRequest());
        wire.arp("eth1").receive(Frames.arpRequest());

        assertThat(wire.arp("eth0").sent).hasSize(1);
        assertThat(wire.arp("eth1").sent).isEmpty();
        loop.advance(Duration.ofSeconds(6));
        assertThat(counter("layer2_frames{protocol=\"arp\",verdict=\"other_interface\"}"))
                .isEqualTo(1);
        assertThat(counter("layer2_requests_received{ip=\"192.0.2.100\"}")).isEqualTo(1);
        assertThat(counter("layer2_responses_sent{ip=\"192.0.2.100\"}")).isEqualTo(1);
    }

    @Test
    void aGainedAddressIsToldAtOnceAndThenByTheSchedule() {
        plan(announcement(V4, "eth0"));

        assertThat(wire.arp("eth0").sent).hasSize(2);
        loop.advance(Duration.ofMillis(1099));
        assertThat(wire.arp("eth0").sent).hasSize(2);
        loop.advance(Duration.ofMillis(1));
        assertThat(wire.arp("eth0").sent).hasSize(4);
        loop.advance(Duration.ofMinutes(1));
        assertThat(wire.arp("eth0").sent).hasSize(2 * BURST);
        assertThat(counter("layer2_gratuitous_sent{ip=\"192.0.2.100\"}")).isEqualTo(2 * BURST);
    }

    @Test
    void anEqualPlanSendsNothing() {
        plan(V4);
        loop.advance(Duration.ofMinutes(1));
        wire.arp("eth0").sent.clear();

        plan(V4);
        loop.advance(Duration.ofMinutes(1));

        assertThat(wire.arp("eth0").sent).isEmpty();
        assertThat(wire.opened).isEqualTo(2);
    }

    @Test
    void onlyTheNewAddressIsTold() {
        plan(announcement(V4, "eth0"));
        loop.advance(Duration.ofMinutes(1));
        wire.arp("eth0").sent.clear();

        plan(announcement(V4, "eth0"), announcement("192.0.2.101", "eth0"));

        assertThat(wire.arp("eth0").sent).hasSize(2).allMatch(frame -> frame.contains("c0000265"));
    }

    @Test
    void aLostAddressIsNeitherAnsweredNorToldAnyMore() {
        plan(announcement(V4, "eth0"), announcement("192.0.2.101", "eth0"));

        plan(announcement("192.0.2.101", "eth0"));
        wire.arp("eth0").sent.clear();
        wire.arp("eth0").receive(Frames.arpRequest());
        loop.advance(Duration.ofMinutes(1));

        assertThat(wire.arp("eth0").sent).isNotEmpty().noneMatch(frame -> frame.contains("c0000264"));
    }

    @Test
    void aReturningCarrierIsTold() {
        plan(announcement(V4, "eth0"));
        loop.advance(Duration.ofMinutes(1));
        links(link(2, "eth0", 2, NO_CARRIER), eth1());
        wire.arp("eth0").sent.clear();
        assertThat(status(0).state()).isEqualTo(State.PENDING);
        assertThat(status(0).detail()).contains("no carrier");

        links(eth0(), eth1());
        loop.advance(Duration.ofMinutes(1));

        assertThat(wire.arp("eth0").sent).hasSize(2 * BURST);
        assertThat(wire.opened).isEqualTo(1);
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void anotherMacIsAnotherPortAndIsTold() {
        plan(announcement(V4, "eth0"));
        loop.advance(Duration.ofMinutes(1));

        links(link(2, "eth0", 7, RUNNING));

        assertThat(wire.opened).isEqualTo(2);
        assertThat(wire.arp("eth0").sent).hasSize(2).allMatch(frame -> frame.contains("020000000007"));
    }

    @Test
    void anInterfaceThatComesAndGoesIsFollowed() {
        plan(announcement(V4, "eth5"));
        assertThat(status(0).state()).isEqualTo(State.FAILED);
        assertThat(status(0).detail()).isEqualTo("eth5: no such interface");

        links(eth0(), link(5, "eth5", 5, RUNNING));
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);

        links(eth0(), link(5, "eth5", 5, DOWN));
        assertThat(status(0).state()).isEqualTo(State.PENDING);
        assertThat(wire.open).isEmpty();
    }

    @Test
    void excludedInterfacesNeverAnnounce() {
        plan(announcement(V4, "veth1"));

        assertThat(wire.open).isEmpty();
        assertThat(status(0).state()).isEqualTo(State.FAILED);
        assertThat(status(0).detail()).contains("excluded");
    }

    @Test
    void someOfTheNamedInterfacesIsPartial() {
        plan(announcement(V4, "eth0", "eth9"));

        assertThat(status(0).state()).isEqualTo(State.PARTIAL);
        assertThat(status(0).places()).containsExactly("eth0");
    }

    @Test
    void solicitedNodeGroupsAreJoinedExactlyAsLongAsNeeded() {
        plan(announcement(V6, "eth0"), announcement("fd96::101", "eth0"));
        assertThat(wire.ndp("eth0").groups).containsExactly(IpAddress.parse(V6), IpAddress.parse("fd96::101"));

        plan(announcement(V6, "eth0"));
        assertThat(wire.ndp("eth0").groups).containsExactly(IpAddress.parse(V6));
        assertThat(wire.ndp("eth0").sent).hasSize(2);
    }

    @Test
    void aLateLinkLocalAddressOpensNdpWithAllItsGroups() {
        Link bare = new Link(2, "eth0", eth0().mac(), RUNNING, Optional.empty(), List.of());
        links(bare);
        plan(V6);
        assertThat(wire.open).isEmpty();
        assertThat(status(0).state()).isEqualTo(State.PENDING);

        links(eth0());

        assertThat(wire.ndp("eth0").groups).containsExactly(IpAddress.parse(V6));
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void aRefusalIsAProblemAndIsTriedAgain() {
        wire.refusal = "not permitted; grant CAP_NET_RAW";
        plan(announcement(V4, "eth0"));

        assertThat(engine.status().current().ready()).isFalse();
        assertThat(engine.status().current().problems()).singleElement().satisfies(problem -> assertThat(problem.text())
                .contains("CAP_NET_RAW"));
        assertThat(status(0).state()).isEqualTo(State.PENDING);

        wire.refusal = "";
        loop.advance(Duration.ofSeconds(11));

        assertThat(engine.status().current().ready()).isTrue();
        assertThat(engine.status().current().problems()).isEmpty();
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void aBrokenSocketIsOpenedAgain() {
        plan(announcement(V4, "eth0"));
        wire.arp("eth0").receive(Frames.arpRequest());

        wire.arp("eth0").fail("gone");
        loop.runPosted();
        assertThat(engine.status().current().problems()).hasSize(1);
        loop.advance(Duration.ofSeconds(11));

        assertThat(wire.opened).isEqualTo(2);
        assertThat(status(0).state()).isEqualTo(State.ANNOUNCED);
        assertThat(counter("layer2_frames{protocol=\"arp\",verdict=\"answered\"}"))
                .isEqualTo(1);
    }

    @Test
    void closingSaysNothingAndClosesEverything() {
        plan(V4, V6);
        FakeWire.Socket socket = wire.arp("eth0");
        socket.sent.clear();

        engine.close();

        assertThat(wire.open).isEmpty();
        assertThat(socket.sent).isEmpty();
    }
}
