package org.heraldlb.membership.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.membership.protocol.Participant;
import org.heraldlb.membership.protocol.Proposal;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What everybody else on this node sees of the members. The loop writes it. */
final class Bulletin {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipEngine.class);

    private static final Agreement NONE = new Agreement(false, 0, new TreeMap<>(), Optional.empty());

    private final SnapshotCell<MemberSnapshot> cell = new SnapshotCell<>(nobody(0, List.of()));
    private final Oddities oddities = new Oddities();
    private List<Problem> lookUpProblems = List.of();
    private Optional<Problem> openProblem = Optional.empty();
    private Proposal shown;
    private Agreement agreement = NONE;

    private static MemberSnapshot nobody(long generation, List<Problem> problems) {
        return new MemberSnapshot(generation, new TreeMap<>(), NONE, new TreeMap<>(), problems);
    }

    SnapshotCell<MemberSnapshot> cell() {
        return cell;
    }

    Oddities oddities() {
        return oddities;
    }

    /** What could not be looked up, with the next {@link #publish}. */
    void lookedUp(List<Problem> problems) {
        lookUpProblems = problems;
    }

    /** Why there is no channel, empty when there is one; with the next {@link #publish}. */
    void open(Optional<Problem> problem) {
        openProblem = problem;
    }

    /** Tells if there is news; {@code participant} is null before there is one. */
    void publish(Participant participant, long nowNanos) {
        List<Problem> problems = new ArrayList<>(lookUpProblems);
        openProblem.ifPresent(problems::add);
        MemberSnapshot old = cell.current();
        MemberSnapshot next = nobody(old.generation(), problems);
        if (participant != null) {
            problems.addAll(oddities.problems(participant.oddities(), nowNanos));
            next = new MemberSnapshot(
                    old.generation(),
                    participant.members(),
                    agreement(participant, nowNanos),
                    participant.suspects(),
                    participant.silence(),
                    problems);
        }
        if (!next.equals(old)) {
            log(old, next);
            cell.set(new MemberSnapshot(
                    old.generation() + 1,
                    next.members(),
                    next.agreement(),
                    next.suspects(),
                    next.silence(),
                    next.problems()));
        }
    }

    /** Beats come all the time and agreements seldom: the maps of the last one are kept. */
    private Agreement agreement(Participant participant, long nowNanos) {
        Optional<Proposal> proposal = participant.proposal();
        if (proposal.isEmpty()) {
            return NONE;
        }
        boolean held = nowNanos - participant.quorumUntil() < 0;
        Proposal agreed = proposal.get();
        if (agreed != shown || held != agreement.held()) {
            shown = agreed;
            agreement = new Agreement(
                    held,
                    agreed.id().epoch(),
                    Participant.byNode(agreed.members()),
                    agreed.before().map(Participant::byNode));
        }
        return agreement;
    }

    private static void log(MemberSnapshot old, MemberSnapshot next) {
        if (!old.members().keySet().equals(next.members().keySet())) {
            LOG.info("members: {}, gone: {}", next.members().keySet(), next.suspects());
        }
        if (old.agreement().held() != next.agreement().held()) {
            LOG.info(
                    "majority: {}",
                    next.agreement().held()
                            ? "agrees on " + next.agreement().members().keySet()
                            : "none");
        }
    }
}
