package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.net.IpAddress;

/** Packet sockets without a kernel: frames are handed in and what is sent is kept. */
final class FakeWire implements PacketSockets {

    /** An open socket. */
    final class Socket implements FrameSocket {
        private final Link link;
        private final FrameListener listener;
        private final String key;
        final Set<IpAddress> groups = new TreeSet<>();
        final List<String> sent = new ArrayList<>();

        Socket(Link link, FrameListener listener, String key) {
            this.link = link;
            this.listener = listener;
            this.key = key;
        }

        @Override
        public Link link() {
            return link;
        }

        @Override
        public void send(byte[] frame, int length) {
            sent.add(HexFormat.of().formatHex(frame, 0, length));
        }

        @Override
        public void joinGroup(IpAddress address) {
            groups.add(address);
        }

        @Override
        public void leaveGroup(IpAddress address) {
            groups.remove(address);
        }

        @Override
        public void close() {
            open.remove(key, this);
        }

        /** A frame comes in. */
        void receive(byte[] frame) {
            listener.frame(this, frame, frame.length, 1);
        }

        void fail(String reason) {
            listener.broken(this, reason);
        }
    }

    private static final Map<FrameFilter, String> PROTOCOLS = Map.of(
            FrameFilter.ARP, "arp ",
            FrameFilter.NEIGHBOR_DISCOVERY, "ndp ",
            FrameFilter.ICMP_ECHO, "icmp ",
            FrameFilter.ICMPV6_ECHO, "icmpv6 ");

    final Map<String, Socket> open = new LinkedHashMap<>();
    int opened;
    String refusal = "";

    @Override
    public FrameSocket open(Link link, FrameFilter filter, FrameListener listener) throws IOException {
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        opened++;
        String key = PROTOCOLS.get(filter) + link.name();
        Socket socket = new Socket(link, listener, key);
        open.put(key, socket);
        return socket;
    }

    Socket arp(String name) {
        return open.get("arp " + name);
    }

    Socket icmp(String name) {
        return open.get("icmp " + name);
    }

    Socket ndp(String name) {
        return open.get("ndp " + name);
    }
}
