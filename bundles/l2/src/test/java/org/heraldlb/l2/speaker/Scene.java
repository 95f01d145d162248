package org.heraldlb.l2.speaker;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.Link.LinkAddress;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.testkit.ManualLoop;

/** An engine on two interfaces, with a membership whose permissions are switches. */
final class Scene implements Membership {

    static final String V4 = "192.0.2.100";
    static final String V6 = "fd96::100";
    static final long OURS = 0x0200_0000_0002L;
    static final long FELLOW = 0x0200_0000_0050L;
    static final long STRANGER = 0x0200_0000_0099L;

    private static final Set<Flag> RUNNING = EnumSet.of(Flag.UP, Flag.RUNNING, Flag.BROADCAST, Flag.MULTICAST);

    final ManualLoop loop = new ManualLoop();
    final FakeWire wire = new FakeWire();
    final Map<Mode, Boolean> permitted = new EnumMap<>(Map.of(Mode.AVAILABLE, true, Mode.QUORUM, true));
    final L2Engine engine;
    private final SnapshotCell<LinkSnapshot> links = new SnapshotCell<>(LinkSnapshot.EMPTY);
    private final SnapshotCell<MemberSnapshot> members;
    private long generation;

    Scene() {
        this(0);
    }

    Scene(int pings) {
        TreeMap<String, Member> all = new TreeMap<>();
        TreeMap<String, MacAddress> theirs = new TreeMap<>(Map.of("eth0", new MacAddress(FELLOW)));
        NodeFacts facts = new NodeFacts(theirs, new TreeSet<>(), false, new TreeSet<>(), new TreeSet<>());
        all.put("b", new Member("b", facts));
        members = new SnapshotCell<>(MemberSnapshot.of(1, all));
        LinkMonitor monitor = new LinkMonitor() {
            @Override
            public LinkSnapshot current() {
                return links.current();
            }

            @Override
            public Registration observe(Consumer<? super LinkSnapshot> observer) {
                return links.observe(observer);
            }
        };
        L2Settings settings = L2Settings.parse("", "0").withPings(pings);
        engine = new L2Engine(loop, wire, monitor, settings, new SplittableRandom(7));
        engine.start();
        links.set(new LinkSnapshot(1, List.of(link(2, "eth0", OURS)), List.of()));
        loop.runPosted();
    }

    private static Link link(int index, String name, long mac) {
        List<LinkAddress> addresses = List.of(
                new LinkAddress(IpAddress.parse("192.0.2.11"), 24), new LinkAddress(IpAddress.parse("fe80::2"), 64));
        return new Link(index, name, Optional.of(new MacAddress(mac)), RUNNING, Optional.empty(), addresses);
    }

    @Override
    public AnswerLease lease() {
        return (mode, nowNanos) -> permitted.get(mode);
    }

    @Override
    public MemberSnapshot current() {
        return members.current();
    }

    @Override
    public Registration observe(Consumer<? super MemberSnapshot> observer) {
        return members.observe(observer);
    }

    /** From now on there is a membership. */
    void join() {
        engine.follow(this);
        loop.runPosted();
    }

    static L2Announcement announcement(String address, Mode mode, ConflictPolicy policy) {
        return new L2Announcement(IpAddress.parse(address), InterfaceSelection.ALL, List.of(), mode, policy);
    }

    static L2Watch watch(String address, long... expected) {
        TreeSet<MacAddress> macs = new TreeSet<>();
        Arrays.stream(expected).mapToObj(MacAddress::new).forEach(macs::add);
        return new L2Watch(IpAddress.parse(address), InterfaceSelection.ALL, "b", macs);
    }

    void plan(List<L2Announcement> announcements, List<L2Watch> watches) {
        engine.apply(new L2Plan(++generation, "a", announcements, watches));
        loop.runPosted();
    }

    void plan(ConflictPolicy policy, String address) {
        plan(List.of(announcement(address, Mode.AVAILABLE, policy)), List.of());
    }

    AnnouncementStatus status() {
        return engine.status().current().announcements().get(0);
    }

    List<Problem> problems() {
        return engine.status().current().problems();
    }

    List<String> problemCodes() {
        return problems().stream().map(Problem::code).toList();
    }

    long counter(String name) {
        return engine.status().current().counters().get(name);
    }

    FakeWire.Socket arp() {
        return wire.arp("eth0");
    }

    FakeWire.Socket ndp() {
        return wire.ndp("eth0");
    }
}
