package org.heraldlb.membership.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.heraldlb.api.Problem;
import org.heraldlb.membership.codec.Seal;
import org.heraldlb.membership.group.GroupListener;
import org.heraldlb.membership.group.GroupSettings;
import org.heraldlb.runtime.EventLoop;

/** Looks the peers up, again and again, and opens the channel once it knows itself among them. The loop owns it. */
final class Entrance {

    private static final String SUBJECT = "membership";
    private static final String LOOK_UP = "look-up";
    private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(30);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(3);

    /** Whom it tells, on the loop unless said otherwise. */
    interface Superior {

        /** The channel can send. */
        void opened(Channel channel, Peers peers);

        /** There are other peers than before. */
        void changed(Peers peers);

        /** There is no channel, or none any more. */
        void notOpened();

        /** The bulletin has something new to tell. */
        void news();

        /** What comes in; on threads of the library. */
        GroupListener inbox();
    }

    private final EventLoop loop;
    private final Executor io;
    private final Settings settings;
    private final MembershipEngine.Chance chance;
    private final Channel.Factory channels;
    private final Bulletin bulletin;
    private final Superior superior;
    private Collection<InetAddress> nodeAddresses = List.of();
    private Peers peers;
    private Channel channel;
    private boolean busy;
    private boolean closed;

    Entrance(
            EventLoop loop,
            Executor io,
            Settings settings,
            MembershipEngine.Chance chance,
            Channel.Factory channels,
            Bulletin bulletin,
            Superior superior) {
        this.loop = loop;
        this.io = io;
        this.settings = settings;
        this.chance = chance;
        this.channels = channels;
        this.bulletin = bulletin;
        this.superior = superior;
    }

    /** The cluster's nodes, where the source of documents knows them. */
    void nodes(Collection<InetAddress> addresses) {
        if (!addresses.equals(nodeAddresses)) {
            nodeAddresses = addresses;
            lookUp();
        }
    }

    void lookUp() {
        if (busy || closed) {
            return;
        }
        busy = true;
        Collection<InetAddress> ofNodes = nodeAddresses;
        io.execute(() -> {
            Peers found = Peers.lookUp(settings, ofNodes);
            loop.execute(() -> found(ofNodes, found));
        });
    }

    private void found(Collection<InetAddress> ofNodes, Peers found) {
        busy = false;
        if (closed) {
            return;
        }
        bulletin.lookedUp(found.problems());
        boolean news = !found.equals(peers);
        if (news && found.own().isPresent()) {
            peers = found;
            if (channel == null) {
                open();
            } else {
                channel.peers(addresses());
                superior.changed(found);
            }
        }
        superior.news();
        loop.reschedule(LOOK_UP, loop.ticker().nanos() + pause().toNanos(), this::lookUp);
        if (!ofNodes.equals(nodeAddresses)) {
            lookUp();
        }
    }

    private Duration pause() {
        return channel == null ? TRY_AGAIN : LOOK_UP_AGAIN;
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
                Doorway doorway = new Doorway();
                opened = channels.make(group, doorway);
                doorway.of = opened;
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

    /** What the library tells of one channel. */
    private final class Doorway implements GroupListener {
        private final GroupListener inbox = superior.inbox();
        /** Written before its threads begin. */
        private Channel of;

        @Override
        public void started() {
            Channel ready = of;
            loop.execute(() -> opened(ready));
        }

        @Override
        public void received(Object handle, byte[] bytes) {
            inbox.received(handle, bytes);
        }

        @Override
        public void closed(Object handle) {
            inbox.closed(handle);
        }

        @Override
        public void unopened(Object handle) {
            inbox.unopened(handle);
        }
    }

    private void opened(Channel ready) {
        busy = false;
        if (closed) {
            io.execute(ready::close);
            return;
        }
        channel = ready;
        bulletin.open(Optional.empty());
        superior.opened(ready, peers);
    }

    private void notOpened(Throwable failure) {
        busy = false;
        peers = null;
        channel = null;
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        bulletin.open(Optional.of(Problem.error("membershipNotOpen", SUBJECT, String.valueOf(cause.getMessage()))
                .withFix("is port " + settings.port() + " (UDP and TCP) free on this host?")));
        superior.notOpened();
        loop.reschedule(LOOK_UP, loop.ticker().nanos() + TRY_AGAIN.toNanos(), this::lookUp);
    }

    /** Opens nothing any more, and closes what is open. */
    void close() {
        closed = true;
        if (channel != null) {
            Channel last = channel;
            io.execute(last::close);
        }
    }
}
