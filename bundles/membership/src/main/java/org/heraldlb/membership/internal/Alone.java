package org.heraldlb.membership.internal;

import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.Membership;

/** What there is where no peers are configured. It says so at once, so that core need not wait for members. */
final class Alone implements Membership {

    @Override
    public AnswerLease lease() {
        return AnswerLease.ALWAYS;
    }

    @Override
    public MemberSnapshot current() {
        return MemberSnapshot.ALONE;
    }

    @Override
    public Registration observe(Consumer<? super MemberSnapshot> observer) {
        observer.accept(MemberSnapshot.ALONE);
        return () -> {};
    }
}
