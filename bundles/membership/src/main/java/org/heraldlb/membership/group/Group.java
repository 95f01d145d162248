package org.heraldlb.membership.group;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;

/**
 * A JGroups channel over UDP unicast: discovery among the configured peers, the group's view, and FD_SOCK2's ring of TCP
 * connections, on the same port number. Messages of ours go straight to a peer's address, unreliably and whether or not
 * the peer is in the view: a group that was split takes seconds to merge.
 */
public final class Group implements AutoCloseable {

    private static final String NAME = "herald";
    private static final int THREADS = 8;
    private static final int BUFFER = 1 << 20;
    private static final int JOIN_MILLIS = 1000;
    private static final int JOIN_ATTEMPTS = 3;
    private static final int MERGE_MILLIS = 1000;

    static {
        // Each protocol asks for its log as it is made.
        LogFactory.setCustomLogFactory(new QuietLog());
    }

    private final JChannel channel;
    private final TCPPING discovery = new TCPPING();
    private final MERGE3 merging = new MERGE3();
    private final int port;
    /** In the last view; written by JGroups' threads. */
    private volatile int members;

    /** Opens nothing yet. */
    public Group(GroupSettings settings, GroupListener listener) throws Exception {
        port = settings.port();
        peers(settings.peers());
        channel = new JChannel(stack(settings, listener));
        channel.setName(settings.node());
        channel.setDiscardOwnMessages(true);
        channel.setReceiver(new Receiver() {
            @Override
            public void viewAccepted(View view) {
                seekOthers(view.size());
            }

            @Override
            public void receive(Message message) {
                byte[] bytes = new byte[message.getLength()];
                if (bytes.length > 0) {
                    System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
                }
                listener.received(message.getSrc(), bytes);
            }
        });
    }

    private List<Protocol> stack(GroupSettings settings, GroupListener listener) {
        List<Protocol> stack = new ArrayList<>();
        stack.add(transport(settings));
        settings.seal().ifPresent(seal -> stack.add(new SealProtocol(seal, listener)));
        stack.add(discovery);
        stack.add(merging);
        // A connection that the kernel closes is news at once; there is no VERIFY_SUSPECT, which would ask the dead
        // for a second or two. Without an offset it shares the port number with the transport.
        stack.add(new FD_SOCK2().setOffset(0).setPortRange(1).setBindAddress(settings.bind()));
        stack.add(new ClosedConnections(listener));
        // For the view alone; who is alive is decided above, and faster.
        stack.add(new FD_ALL3().setTimeout(10_000).setInterval(2500));
        stack.add(new NAKACK2());
        stack.add(new UNICAST3());
        stack.add(new STABLE());
        GMS views = new GMS().setJoinTimeout(JOIN_MILLIS);
        views.setMaxJoinAttempts(JOIN_ATTEMPTS);
        views.setLeaveTimeout(500);
        views.setViewAckCollectionTimeout(500);
        views.setMergeTimeout(MERGE_MILLIS);
        views.printLocalAddress(false);
        stack.add(views);
        stack.add(new FRAG4());
        stack.add(new Top(listener));
        return stack;
    }

    /**
     * How often other groups are looked for: where nodes that start together have made several, the ring of connections has
     * to wait for their merger; once everybody is together, each look only costs. Where a view and other peers come in one
     * moment, the next view sets it right.
     */
    private void seekOthers(int together) {
        members = together;
        // The smaller bound first when both fall: each is checked against the other one.
        if (members >= discovery.getInitialHosts().size()) {
            merging.setMaxInterval(5000).setMinInterval(3000).setCheckInterval(8000);
        } else {
            merging.setMinInterval(250).setMaxInterval(750).setCheckInterval(1200);
        }
    }

    private static UDP transport(GroupSettings settings) {
        UDP udp = new UDP();
        udp.setMulticasting(false);
        udp.setBindAddress(settings.bind());
        udp.setBindPort(settings.port());
        udp.setPortRange(0);
        udp.setUcastRecvBufSize(BUFFER);
        udp.setBundlerType("no-bundler");
        udp.setMessageProcessingPolicy("direct");
        udp.getThreadPool().setMinThreads(0).setMaxThreads(THREADS).setKeepAliveTime(30_000);
        return udp;
    }

    /**
     * Blocks for seconds: asks the peers for their group and joins it, or makes one. {@link GroupListener#started} is
     * called long before that is done.
     */
    public void open() throws Exception {
        channel.connect(NAME);
    }

    /** Other peers from now on, this node among them. */
    public void peers(Collection<InetSocketAddress> peers) {
        discovery.setPortRange(0);
        discovery.setInitialHosts(peers);
        seekOthers(members);
    }

    /** Sends without waiting; the message may get lost. Any thread. */
    public void send(InetSocketAddress peer, byte[] bytes) throws Exception {
        Message message = new BytesMessage(new IpAddress(peer.getAddress(), port), bytes);
        message.setFlag(Message.Flag.NO_RELIABILITY, Message.Flag.NO_FC, Message.Flag.DONT_BUNDLE);
        // Not by send(), which waits for the group.
        channel.down(message);
    }

    /** Members of the view, for people. */
    public String view() {
        return String.valueOf(channel.getView());
    }

    @Override
    public void close() {
        channel.close();
    }
}
