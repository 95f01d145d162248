package org.heraldlb.core;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.Membership;
import org.heraldlb.core.plan.Members;
import org.heraldlb.runtime.SnapshotCell;

/** Says what the test says. */
final class FakeMembership implements Membership {

    private final SnapshotCell<MemberSnapshot> cell;
    private long generation;

    FakeMembership(Members members) {
        cell = new SnapshotCell<>(snapshot(members));
    }

    private MemberSnapshot snapshot(Members members) {
        SortedMap<String, Member> all = members.members();
        return MemberSnapshot.of(++generation, all);
    }

    void says(Members members) {
        cell.set(snapshot(members));
    }

    /** These are left; {@code lost} had been silent for so long. */
    void saysWithout(String lost, Duration silence, Members members) {
        TreeMap<String, String> suspects = new TreeMap<>();
        suspects.put(lost, "silent");
        TreeMap<String, Duration> silences = new TreeMap<>();
        silences.put(lost, silence);
        SortedMap<String, Member> all = members.members();
        cell.set(new MemberSnapshot(++generation, all, Agreement.on(all), suspects, silences, List.of()));
    }

    @Override
    public MemberSnapshot current() {
        return cell.current();
    }

    @Override
    public AnswerLease lease() {
        return AnswerLease.ALWAYS;
    }

    @Override
    public Registration observe(Consumer<? super MemberSnapshot> observer) {
        return cell.observe(observer);
    }
}
