package org.heraldlb.membership.protocol;

import java.util.Optional;
import org.heraldlb.api.member.NodeFacts;

/**
 * What one node tells another, again and again.
 *
 * @param sender who says it
 * @param echo the newest that the sender has heard from the receiver
 * @param facts what the sender tells about itself
 * @param vote where it stands with leaders
 * @param proposal present when the receiver does not have it yet
 * @param grantNanos from a leader: the receiver may act so long from the sending of what {@code echo} names, if it acts
 *     by {@code vote.proposal}; 0: nothing
 * @param ended incarnation of a process whose connection to the sender was closed lately, 0 for none
 */
public record Beat(
        Sender sender, Mark echo, Facts facts, Vote vote, Optional<Proposal> proposal, long grantNanos, long ended) {

    /** What a sender is up to. */
    public enum Phase {
        /** Wants to know, does not take part yet. */
        JOINING,
        ACTIVE,
        /** Is going, and hands over. */
        LEAVING
    }

    /**
     * One beat of one process to one receiver.
     *
     * @param incarnation random for each process, 0 for none
     * @param sequence grows
     */
    public record Mark(long incarnation, long sequence) {
        public static final Mark NONE = new Mark(0, 0);
    }

    /**
     * @param cluster name of the cluster
     * @param place address by which the others know it
     * @param node name in elections
     * @param mark this beat
     */
    public record Sender(String cluster, String place, String node, Mark mark, Phase phase) {}

    /**
     * @param version grows with each change; 0 before the first facts
     * @param known version of the receiver's facts that the sender has
     * @param content present when the receiver does not have this version
     */
    public record Facts(long version, long known, Optional<NodeFacts> content) {}

    /**
     * @param round the newest in which the sender has given its vote
     * @param votedFor place, empty for nobody
     * @param leading the sender leads the round
     * @param free the sender would vote for somebody else
     * @param proposal the one that the sender acts by; from a leader: the one it proposes
     */
    public record Vote(long round, String votedFor, boolean leading, boolean free, Proposal.Id proposal) {}
}
