package org.heraldlb.membership.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.membership.codec.BeatCodec;
import org.heraldlb.membership.codec.MalformedBeat;
import org.heraldlb.membership.codec.Seal;
import org.heraldlb.membership.group.GroupListener;
import org.heraldlb.membership.group.GroupSettings;
import org.heraldlb.membership.protocol.Beat;
import org.heraldlb.membership.protocol.Participant;
import org.heraldlb.membership.protocol.Proposal;
import org.heraldlb.membership.protocol.Self;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks the peers up, opens the channel, and feeds the {@link Participant}. One loop owns everything; what blocks runs on
 * {@code io}.
 */
public final class MembershipEngine implements Membership, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipEngine.class);
    private static final String SUBJECT = "membership";
    private static final String TICK = "tick";
    private static final String LOOK_UP = "look-up";
    private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(30);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(3);
    private static final int HANDLES = 1024;

    private final EventLoop loop;
    private final Executor io;
    private final Settings settings;
    private final Chance chance;
    private final Channel.Factory channels;
    private final Leases leases = new Leases();
    private final SnapshotCell<MemberSnapshot> cell;
    private final AppliedEpochs applied = new AppliedEpochs();
    private final Oddities oddities = new Oddities();
    private final Map<Object, String> placeByHandle = new HashMap<>();
    private final LatestWins<NodeFacts> factsBox;
    private List<Problem> lookUpProblems = List.of();
    private Optional<Problem> openProblem = Optional.empty();
    private List<InetAddress> nodeAddresses = List.of();
    private Peers peers;
    private Channel channel;
    private Participant participant;
    private NodeFacts facts = NodeFacts.ARRIVING;
    private boolean busy;
    private boolean closed;

    /** Randomness and the like that differs from process to process. */
    public interface Chance {

        /** Not 0. */
        long incarnation();

        Seal seal(String key);
    }

    /** Nothing runs before {@link #start}. The loop is closed with this. */
    public MembershipEngine(EventLoop loop, Executor io, Settings settings, Chance chance, Channel.Factory channels) {
        this.loop = loop;
        this.io = io;
        this.settings = settings;
        this.chance = chance;
        this.channels = channels;
        this.cell = new SnapshotCell<>(nobody(0, List.of()));
        this.factsBox = new LatestWins<>(loop, this::takeFacts);
    }

    private static MemberSnapshot nobody(long generation, List<Problem> problems) {
        Agreement none = new Agreement(false, 0, new TreeMap<>(), Optional.empty());
        return new MemberSnapshot(generation, new TreeMap<>(), none, new TreeMap<>(), problems);
    }

    public void start() {
        loop.execute(() -> {
            if (settings.key().isEmpty() && !settings.insecure()) {
                refuse(Problem.error("noKey", SUBJECT, "peers are configured, but no key")
                        .withFix(
                                "set the same .key on all nodes, or insecure=true on a network that nobody else uses"));
            } else if (!settings.insecure() && settings.key().length() < Settings.SHORTEST_KEY) {
                refuse(Problem.error(
                                "shortKey", SUBJECT, "the key has less than " + Settings.SHORTEST_KEY + " characters")
                        .withFix("take a random one, such as openssl rand -base64 32 makes"));
            } else {
                lookUp();
            }
        });
    }

    private void refuse(Problem problem) {
        LOG.warn("{}: {}", problem.code(), problem.text());
        openProblem = Optional.of(problem);
        publish();
    }

    // Looking up and opening.

    private void lookUp() {
        if (busy || closed) {
            return;
        }
        busy = true;
        Collection<InetAddress> ofNodes = nodeAddresses;
        io.execute(() -> {
            Peers found = Peers.lookUp(settings, ofNodes);
            loop.execute(() -> found(found));
        });
    }

    private void found(Peers found) {
        busy = false;
        if (closed) {
            return;
        }
        lookUpProblems = found.problems();
        boolean news = !found.equals(peers);
        if (news && found.own().isPresent()) {
            peers = found;
            if (participant == null) {
                open();
            } else {
                participant.places(found.places(), found.majority(settings), now());
                channel.peers(addresses());
            }
        }
        publish();
        loop.reschedule(LOOK_UP, now() + (participant == null ? TRY_AGAIN : LOOK_UP_AGAIN).toNanos(), this::lookUp);
    }

    private List<InetSocketAddress> addresses() {
        List<InetSocketAddress> found = new ArrayList<>();
        peers.places().forEach(place -> found.add(new InetSocketAddress(place, settings.port())));
        return found;
    }

    private void open() {
        busy = true;
        Optional<Seal> seal = settings.key().isEmpty() ? Optional.empty() : Optional.of(chance.seal(settings.key()));
        GroupSettings group =
                new GroupSettings(settings.node(), peers.own().orElseThrow(), settings.port(), addresses(), seal);
        io.execute(() -> {
            Channel opened = null;
            try {
                Inbox inbox = new Inbox();
                opened = channels.make(group, inbox);
                inbox.of = opened;
                opened.open();
            } catch (Exception | LinkageError failure) {
                // The library finds classes of its own by name: one that is missing must be seen, not end this thread
                // in silence.
                if (opened != null) {
                    opened.close();
                }
                loop.execute(() -> notOpened(failure));
            }
        });
    }

    private void notOpened(Throwable failure) {
        busy = false;
        peers = null;
        channel = null;
        participant = null;
        leases.end();
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        openProblem = Optional.of(Problem.error("membershipNotOpen", SUBJECT, String.valueOf(cause.getMessage()))
                .withFix("is port " + settings.port() + " (UDP and TCP) free on this host?"));
        publish();
        loop.reschedule(LOOK_UP, now() + TRY_AGAIN.toNanos(), this::lookUp);
    }

    private void opened(Channel ready) {
        busy = false;
        channel = ready;
        LOG.debug("channel started");
        if (closed) {
            io.execute(ready::close);
            return;
        }
        openProblem = Optional.empty();
        Self self = new Self(
                settings.cluster(),
                peers.own().orElseThrow().getHostAddress(),
                settings.node(),
                chance.incarnation(),
                peers.places(),
                peers.majority(settings),
                loop.ticker().wallClock().toEpochMilli());
        participant = new Participant(self, settings.timing(), this::send, now());
        participant.facts(facts, now());
        tick();
    }

    // The participant.

    private void send(String place, Beat beat) {
        try {
            channel.send(new InetSocketAddress(place, settings.port()), BeatCodec.encode(beat));
        } catch (Exception notSent) {
            LOG.debug("nothing sent to {}", place, notSent);
        }
    }

    private void tick() {
        if (participant != null && !closed) {
            participant.tick(now());
            after();
        }
    }

    private void after() {
        leases.set(participant.availableUntil(), participant.quorumUntil());
        publish();
        loop.reschedule(TICK, participant.deadline(), this::tick);
    }

    /** What comes from the channel's threads. */
    private final class Inbox implements GroupListener {
        /** Written before its threads begin. */
        private Channel of;

        @Override
        public void started() {
            Channel ready = of;
            loop.execute(() -> opened(ready));
        }

        @Override
        public void received(Object handle, byte[] bytes) {
            try {
                Beat beat = BeatCodec.decode(bytes);
                loop.execute(() -> heard(handle, beat));
            } catch (MalformedBeat malformed) {
                if (malformed.isOtherVersion()) {
                    loop.execute(() -> oddities.otherVersion(handle, now()));
                }
            }
        }

        @Override
        public void closed(Object handle) {
            loop.execute(() -> lost(handle));
        }

        @Override
        public void unopened(Object handle) {
            loop.execute(() -> oddities.otherKey(handle, now()));
        }
    }

    private void heard(Object handle, Beat beat) {
        if (participant == null || closed) {
            return;
        }
        if (placeByHandle.size() >= HANDLES) {
            placeByHandle.clear();
        }
        placeByHandle.put(handle, beat.sender().place());
        participant.heard(beat, now());
        after();
    }

    private void lost(Object handle) {
        String place = placeByHandle.remove(handle);
        if (participant != null && place != null && !closed) {
            participant.closed(place, now());
            after();
        }
    }

    /** What this node tells the others from now on; {@link NodeFacts#NONE} is nothing to tell. Any thread. */
    public void facts(NodeFacts next) {
        if (!next.equals(NodeFacts.NONE)) {
            factsBox.offer(next);
        }
    }

    private void takeFacts(NodeFacts next) {
        facts = next;
        if (participant != null && !closed) {
            participant.facts(next, now());
            after();
        }
    }

    /** What the core has made of the members, and who acted upon it. Any thread. */
    public void system(SystemSnapshot snapshot) {
        loop.execute(() -> {
            applied.observe(snapshot).ifPresent(epoch -> {
                if (participant != null && !closed) {
                    participant.acts(epoch, now());
                    after();
                }
            });
            if (settings.sources().kubernetes()) {
                nodes(snapshot);
            }
        });
    }

    private void nodes(SystemSnapshot snapshot) {
        List<InetAddress> found = new ArrayList<>();
        snapshot.intent().cluster().nodes().values().forEach(node -> node.addresses().stream()
                .limit(1)
                .forEach(address -> found.add(address.toInetAddress())));
        if (!found.equals(nodeAddresses)) {
            nodeAddresses = found;
            lookUp();
        }
    }

    // What others see.

    private void publish() {
        List<Problem> problems = new ArrayList<>(lookUpProblems);
        openProblem.ifPresent(problems::add);
        MemberSnapshot old = cell.current();
        MemberSnapshot next;
        if (participant == null) {
            next = nobody(old.generation(), problems);
        } else {
            problems.addAll(oddities.problems(participant.oddities(), now()));
            SortedMap<String, Member> members = participant.members();
            next = new MemberSnapshot(old.generation(), members, agreement(), participant.suspects(), problems);
        }
        if (!next.equals(old)) {
            log(old, next);
            cell.set(new MemberSnapshot(
                    old.generation() + 1, next.members(), next.agreement(), next.suspects(), next.problems()));
        }
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

    private Agreement agreement() {
        boolean held = now() - participant.quorumUntil() < 0;
        Optional<Proposal> proposal = participant.proposal();
        if (proposal.isEmpty()) {
            return new Agreement(false, 0, new TreeMap<>(), Optional.empty());
        }
        Proposal agreed = proposal.get();
        return new Agreement(
                held,
                agreed.id().epoch(),
                Participant.byNode(agreed.members()),
                agreed.before().map(Participant::byNode));
    }

    private long now() {
        return loop.ticker().nanos();
    }

    @Override
    public AnswerLease lease() {
        return leases;
    }

    @Override
    public MemberSnapshot current() {
        return cell.current();
    }

    @Override
    public Registration observe(Consumer<? super MemberSnapshot> observer) {
        return cell.observe(observer);
    }

    /** Says goodbye, so that others need not find out, and closes. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            if (participant != null) {
                participant.leave(now());
                leases.end();
                Channel last = channel;
                io.execute(last::close);
            }
        });
        loop.close();
    }
}
