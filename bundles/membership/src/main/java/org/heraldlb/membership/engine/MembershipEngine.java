package org.heraldlb.membership.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.membership.codec.BeatCodec;
import org.heraldlb.membership.codec.Seal;
import org.heraldlb.membership.group.GroupListener;
import org.heraldlb.membership.protocol.Beat;
import org.heraldlb.membership.protocol.Outbox;
import org.heraldlb.membership.protocol.Participant;
import org.heraldlb.membership.protocol.Self;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the {@link Participant} and does what it wants. One loop owns everything; what blocks runs elsewhere. */
public final class MembershipEngine implements Membership, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipEngine.class);
    private static final String SUBJECT = "membership";
    private static final String TICK = "tick";

    private final EventLoop loop;
    private final Settings settings;
    private final Chance chance;
    private final Leases leases = new Leases();
    private final Bulletin bulletin = new Bulletin();
    private final AppliedEpochs applied = new AppliedEpochs();
    private final LatestWins<NodeFacts> factsBox;
    private final Entrance entrance;
    private final Hosts hosts;
    private Channel channel;
    private Participant participant;
    private NodeFacts facts = NodeFacts.ARRIVING;
    private boolean closed;

    /** Randomness and the like that differs from process to process. */
    public interface Chance {

        /** Not 0. */
        long incarnation();

        Seal seal(String key);
    }

    /**
     * Where blocking things run.
     *
     * @param io one thread
     * @param pings some threads; may refuse
     */
    public record Threads(Executor io, Executor pings) {}

    /** Nothing runs before {@link #start}. The loop is closed with this. */
    public MembershipEngine(
            EventLoop loop, Threads threads, Settings settings, Chance chance, Channel.Factory channels) {
        this(loop, threads, settings, chance, channels, Ping.SYSTEM);
    }

    MembershipEngine(
            EventLoop loop, Threads threads, Settings settings, Chance chance, Channel.Factory channels, Ping ping) {
        this.loop = loop;
        this.settings = settings;
        this.chance = chance;
        this.factsBox = new LatestWins<>(loop, this::takeFacts);
        this.entrance = new Entrance(loop, threads.io(), settings, chance, channels, bulletin, new Opener());
        this.hosts = new Hosts(loop, threads.pings(), ping, settings.timing().patience(), new Witness());
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
                entrance.lookUp();
            }
        });
    }

    private void refuse(Problem problem) {
        LOG.warn("{}: {}", problem.code(), problem.text());
        bulletin.open(Optional.of(problem));
        publish();
    }

    /** What comes of looking peers up and opening the channel. */
    private final class Opener implements Entrance.Superior {
        private final Inbox inbox = new Inbox(loop, bulletin.oddities(), new Listener());

        @Override
        public void opened(Channel ready, Peers peers) {
            channel = ready;
            Self self = new Self(
                    settings.cluster(),
                    peers.own().orElseThrow().getHostAddress(),
                    settings.node(),
                    chance.incarnation(),
                    peers.places(),
                    peers.majority(settings),
                    loop.ticker().wallClock().toEpochMilli());
            participant = new Participant(self, settings.timing(), new Sender(), now());
            participant.facts(facts, now());
            tick();
            if (settings.ping()) {
                hosts.start();
            }
        }

        @Override
        public void changed(Peers peers) {
            participant.places(peers.places(), peers.majority(settings), now());
        }

        @Override
        public void notOpened() {
            channel = null;
            participant = null;
            leases.end();
            publish();
        }

        @Override
        public void news() {
            publish();
        }

        @Override
        public GroupListener inbox() {
            return inbox;
        }
    }

    /** What the participant wants done. */
    private final class Sender implements Outbox {
        @Override
        public void send(String place, Beat beat) {
            try {
                channel.send(new InetSocketAddress(place, settings.port()), BeatCodec.encode(beat));
            } catch (Exception notSent) {
                LOG.debug("nothing sent to {}", place, notSent);
            }
        }

        @Override
        public void ask(String place, long question) {
            if (settings.ping()) {
                hosts.ask(place, question);
            }
        }
    }

    /** What hosts said. */
    private final class Witness implements Hosts.Superior {
        @Override
        public Collection<String> alive() {
            return participant == null ? List.of() : participant.alive();
        }

        @Override
        public void reachable(String place) {
            if (runs()) {
                participant.reachable(place, now());
                after();
            }
        }

        @Override
        public void unreachable(String place, long question) {
            if (runs()) {
                participant.unreachable(place, question, now());
                after();
            }
        }
    }

    private boolean runs() {
        return participant != null && !closed;
    }

    private void tick() {
        if (runs()) {
            participant.tick(now());
            after();
        }
    }

    private void after() {
        leases.set(participant.availableUntil(), participant.quorumUntil());
        publish();
        loop.reschedule(TICK, participant.deadline(), this::tick);
    }

    private void publish() {
        bulletin.publish(participant, now());
    }

    /** What comes in. */
    private final class Listener implements Inbox.Superior {
        @Override
        public void heard(Beat beat) {
            if (runs()) {
                participant.heard(beat, now());
                after();
            }
        }

        @Override
        public void lost(String place) {
            if (runs()) {
                participant.closed(place, now());
                after();
            }
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
        if (runs()) {
            participant.facts(next, now());
            after();
        }
    }

    /** What the core has made of the members, and who acted upon it. Any thread. */
    public void system(SystemSnapshot snapshot) {
        loop.execute(() -> {
            applied.observe(snapshot).ifPresent(epoch -> {
                if (runs()) {
                    participant.acts(epoch, now());
                    after();
                }
            });
            if (settings.sources().kubernetes()) {
                entrance.nodes(nodes(snapshot));
            }
        });
    }

    /** The first address of each node; sources put the one first that other nodes use. */
    private static List<InetAddress> nodes(SystemSnapshot snapshot) {
        List<InetAddress> found = new ArrayList<>();
        snapshot.intent().cluster().nodes().values().forEach(node -> node.addresses().stream()
                .limit(1)
                .forEach(address -> found.add(address.toInetAddress())));
        return found;
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
        return bulletin.cell().current();
    }

    @Override
    public Registration observe(Consumer<? super MemberSnapshot> observer) {
        return bulletin.cell().observe(observer);
    }

    /** Says goodbye, so that others need not find out, and closes. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            hosts.close();
            if (participant != null) {
                participant.leave(now());
                leases.end();
            }
            entrance.close();
        });
        loop.close();
    }
}
