package org.heraldlb.bench.l2;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.speaker.L2Engine;
import org.heraldlb.runtime.SnapshotCell;

/** A membership that does what it is told. */
final class Company implements Membership {

    private final SnapshotCell<MemberSnapshot> cell = new SnapshotCell<>(MemberSnapshot.of(0, new TreeMap<>()));
    private final Map<Mode, Boolean> permitted =
            new ConcurrentHashMap<>(new EnumMap<>(Map.of(Mode.AVAILABLE, true, Mode.QUORUM, true)));
    private long generation;

    String of(L2Engine engine, List<String> macs) {
        TreeMap<String, Member> members = new TreeMap<>();
        for (String mac : macs) {
            TreeMap<String, MacAddress> links = new TreeMap<>(Map.of("eth0", MacAddress.parse(mac)));
            NodeFacts facts = new NodeFacts(links, new TreeSet<>(), false, new TreeSet<>(), new TreeSet<>());
            members.put(mac, new Member(mac, facts));
        }
        cell.set(MemberSnapshot.of(++generation, members));
        engine.follow(this);
        return "members " + macs.size();
    }

    String lease(List<String> words) {
        permitted.put(
                Mode.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
                words.get(1).equals("on"));
        return "lease " + permitted;
    }

    @Override
    public AnswerLease lease() {
        return (mode, nowNanos) -> permitted.get(mode);
    }

    @Override
    public MemberSnapshot current() {
        return cell.current();
    }

    @Override
    public Registration observe(Consumer<? super MemberSnapshot> observer) {
        return cell.observe(observer);
    }
}
