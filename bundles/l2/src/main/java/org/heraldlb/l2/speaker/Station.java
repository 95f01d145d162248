package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.NeighborMessage;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.selection.Port;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open port: its socket, what it claims, and what it says without being asked. The loop owns it. */
final class Station {

    private static final Logger LOG = LoggerFactory.getLogger(Station.class);

    private final Port port;
    private final FrameSocket socket;
    private final Listener listener;
    private final byte[] frame = new byte[NeighborMessage.MESSAGE_LENGTH];
    private final Map<IpAddress, AddressCounts> here = new LinkedHashMap<>();
    private boolean carrier;
    private String trouble = "";

    Station(Port port, FrameSocket socket, Listener listener) {
        this.port = port;
        this.socket = socket;
        this.listener = listener;
    }

    Port port() {
        return port;
    }

    Listener listener() {
        return listener;
    }

    boolean carries(IpAddress address) {
        return here.containsKey(address);
    }

    /** What does not work here, empty when all does. */
    String trouble() {
        return trouble;
    }

    /**
     * Claims exactly {@code wanted} from now on.
     *
     * @return the addresses that are news to the link: all when it got its carrier back
     */
    List<IpAddress> claim(Set<IpAddress> wanted, Map<IpAddress, AddressCounts> all, boolean hasCarrier) {
        List<IpAddress> lost = here.keySet().stream()
                .filter(address -> !wanted.contains(address))
                .toList();
        boolean back = hasCarrier && !carrier;
        List<IpAddress> news = wanted.stream()
                .filter(address -> back || !here.containsKey(address))
                .toList();
        lost.forEach(here::remove);
        wanted.forEach(address -> here.put(address, all.get(address)));
        carrier = hasCarrier;
        listener.claim(here.keySet(), all);
        joinGroups(lost);
        return hasCarrier ? news : List.of();
    }

    private void joinGroups(List<IpAddress> lost) {
        if (port.family() == IpFamily.IPV4) {
            return;
        }
        lost.forEach(socket::leaveGroup);
        trouble = "";
        for (IpAddress address : here.keySet()) {
            join(address);
        }
    }

    private void join(IpAddress address) {
        try {
            socket.joinGroup(address);
        } catch (IOException refused) {
            trouble = refused.getMessage();
        }
    }

    /** Tells the link where {@code address} is, if it still is here. */
    void announce(IpAddress address) {
        AddressCounts counts = here.get(address);
        if (counts == null || !carrier) {
            return;
        }
        if (address.isV4()) {
            ArpPacket.writeGratuitous(frame, ArpPacket.REQUEST, port.mac().bits(), (int) address.low());
            send(ArpPacket.LENGTH, counts);
            ArpPacket.writeGratuitous(frame, ArpPacket.REPLY, port.mac().bits(), (int) address.low());
            send(ArpPacket.LENGTH, counts);
        } else {
            NeighborMessage.writeUnsolicited(frame, port.mac().bits(), address.high(), address.low());
            send(NeighborMessage.MESSAGE_LENGTH, counts);
        }
    }

    private void send(int length, AddressCounts counts) {
        try {
            socket.send(frame, length);
            counts.announced();
        } catch (IOException refused) {
            LOG.debug("{}: an announcement was not sent", port.name(), refused);
        }
    }

    void close() {
        socket.close();
    }
}
