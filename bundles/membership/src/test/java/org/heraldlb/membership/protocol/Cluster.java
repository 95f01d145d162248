package org.heraldlb.membership.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.testkit.sim.SimNetwork;
import org.heraldlb.testkit.sim.SimNode;

/** Participants in a simulated network, each with somebody who answers by what it says, a little later. */
final class Cluster {

    static final int ADDRESSES = 6;
    static final Timing TIMING = Timing.of(Duration.ofMillis(100), Duration.ofMillis(600), Duration.ofMillis(600));
    /** Percent of the questions to living hosts that find no answer. */
    int lyingPings = 5;

    private static final long BIRTH = 1_000_000;

    final SimNetwork<Beat> network;
    final List<Process> places = new ArrayList<>();
    final Map<Long, Proposal> epochs = new HashMap<>();
    private final SortedSet<String> names = new TreeSet<>();

    Cluster(long seed, int size, double skew) {
        network = new SimNetwork<>(seed);
        for (int i = 0; i < size; i++) {
            names.add(place(i));
        }
        for (int i = 0; i < size; i++) {
            network.add(1 + skew * (2 * network.random().nextDouble() - 1));
            places.add(null);
            start(i);
        }
    }

    static String place(int number) {
        return "10.0.0." + (1 + number);
    }

    int number(String place) {
        return Integer.parseInt(place.substring(7)) - 1;
    }

    void start(int number) {
        Process process = new Process(number);
        places.set(number, process);
        network.start(number, process);
    }

    Process at(int number) {
        return places.get(number);
    }

    int size() {
        return places.size();
    }

    /** Ends a process; the system closes its connections, which those hear who are connected. */
    void kill(int number) {
        network.stop(number);
        for (int other = 0; other < size(); other++) {
            if (other != number && !network.isBlocked(number, other)) {
                int hearer = other;
                network.later(other, Duration.ofMillis(1), () -> at(hearer)
                        .participant
                        .closed(place(number), network.clock(hearer)));
            }
        }
    }

    /** Who answers for an address now, by mode {@code QUORUM}. */
    List<Integer> quorumOwners(int address) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            // A frozen process does not answer, but what is on its way out of it may still leave: it counts.
            if (network.exists(i) && at(i).answersQuorum(address)) {
                found.add(i);
            }
        }
        return found;
    }

    List<Integer> availableOwners(int address) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (network.runs(i) && at(i).answersAvailable(address)) {
                found.add(i);
            }
        }
        return found;
    }

    static String owner(SortedMap<String, Member> members, int address) {
        String best = "";
        int bestHash = 0;
        for (String node : members.keySet()) {
            int hash = Integer.reverse((node + '#' + address).hashCode() * 0x9E3779B9);
            if (best.isEmpty() || hash > bestHash) {
                best = node;
                bestHash = hash;
            }
        }
        return best;
    }

    /** One process: the participant, and what answers. */
    final class Process implements SimNode<Beat> {
        final int number;
        final Participant participant;
        private Proposal acting;
        private final boolean[] owned = new boolean[ADDRESSES];
        private long seenEpoch;

        Process(int number) {
            this.number = number;
            long born = BIRTH + network.now().toMillis() * 100;
            Self self = new Self(
                    "lab",
                    place(number),
                    "node" + number,
                    1 + network.random().nextInt(Integer.MAX_VALUE),
                    names,
                    names.size() / 2 + 1,
                    born);
            participant = new Participant(self, TIMING, new Wire(), network.clock(number));
        }

        /** The network, on which hosts answer whatever their processes do, and sometimes do not. */
        private final class Wire implements Outbox {
            @Override
            public void send(String to, Beat beat) {
                network.send(number, number(to), beat);
            }

            @Override
            public void ask(String to, long question) {
                int host = number(to);
                boolean cut = network.isBlocked(number, host) || network.isBlocked(host, number);
                boolean silent = cut || network.random().nextInt(100) < lyingPings;
                network.later(number, Duration.ofNanos(TIMING.patience()), () -> hostSaid(to, question, !silent));
            }
        }

        private void hostSaid(String place, long question, boolean reachable) {
            if (reachable) {
                participant.reachable(place, network.clock(number));
            } else {
                participant.unreachable(place, question, network.clock(number));
            }
            look();
        }

        @Override
        public void receive(Beat beat, long nowNanos) {
            participant.heard(beat, nowNanos);
            look();
        }

        @Override
        public void wake(long nowNanos) {
            participant.tick(nowNanos);
            look();
        }

        @Override
        public long deadline() {
            return participant.deadline();
        }

        void facts(NodeFacts facts) {
            participant.facts(facts, network.clock(number));
            look();
        }

        /** What the core and an announcer do: act by the newest proposal soon, and say so. */
        private void look() {
            participant.proposal().filter(next -> next.id().epoch() > seenEpoch).ifPresent(next -> {
                seenEpoch = next.id().epoch();
                Proposal known = epochs.putIfAbsent(seenEpoch, next);
                if (known != null && !known.equals(next)) {
                    throw new AssertionError("epoch " + seenEpoch + " is both " + known + " and " + next);
                }
                Duration elect = Duration.ofMillis(network.random().nextInt(30));
                network.later(number, elect, () -> act(next));
            });
        }

        private void act(Proposal next) {
            if (acting == null || next.id().compareTo(acting.id()) > 0) {
                acting = next;
                for (int address = 0; address < ADDRESSES; address++) {
                    owned[address] = owns(next, address);
                }
            }
            network.later(number, Duration.ofMillis(network.random().nextInt(10)), () -> {
                participant.acts(next.id().epoch(), network.clock(number));
                look();
            });
        }

        boolean answersQuorum(int address) {
            return owned[address] && network.clock(number) - participant.quorumUntil() < 0;
        }

        private boolean owns(Proposal proposal, int address) {
            return owns(proposal.members(), address)
                    && proposal.before().map(old -> owns(old, address)).orElse(true);
        }

        private boolean owns(SortedMap<String, Member> members, int address) {
            return owner(Participant.byNode(new TreeMap<>(members)), address).equals("node" + number);
        }

        boolean answersAvailable(int address) {
            return network.clock(number) - participant.availableUntil() < 0
                    && owner(participant.members(), address).equals("node" + number);
        }
    }
}
