package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claim.Role;
import org.heraldlb.l2.selection.Port;

/** An open port: its sockets, what it claims, and what it says without being asked. The loop owns it. */
final class Station {

    private final Port port;
    private final FrameSocket socket;
    private final Listener listener;
    private final Voice voice;
    private final Map<IpAddress, Tenure> here = new LinkedHashMap<>();
    private final Set<IpAddress> groups = new HashSet<>();
    private FrameSocket echoSocket;
    private Listener echoListener;
    private boolean carrier;
    private String trouble = "";

    Station(Port port, FrameSocket socket, Listener listener, Voice voice) {
        this.port = port;
        this.socket = socket;
        this.listener = listener;
        this.voice = voice;
    }

    /** Answers pings too from now on. */
    void echo(FrameSocket opened, Listener answering) {
        echoSocket = opened;
        echoListener = answering;
    }

    Port port() {
        return port;
    }

    Listener listener() {
        return listener;
    }

    /** All that listens here. */
    List<Listener> listeners() {
        return echoListener == null ? List.of(listener) : List.of(listener, echoListener);
    }

    Voice voice() {
        return voice;
    }

    boolean hasCarrier() {
        return carrier;
    }

    Collection<Tenure> tenures() {
        return here.values();
    }

    /** Null when the address is not wanted here. */
    Tenure tenure(IpAddress address) {
        return here.get(address);
    }

    /** What does not work here, empty when all does. */
    String trouble() {
        return trouble;
    }

    /**
     * What a new plan means for a station.
     *
     * @param lost not wanted here any more
     * @param fresh wanted, with a carrier, and not yet contested
     * @param returned addresses that the link is to be told of again, as its carrier came back
     */
    record Change(List<Tenure> lost, List<Tenure> fresh, List<IpAddress> returned) {}

    /** Wants exactly {@code wanted} from now on. */
    Change want(Map<IpAddress, L2Announcement> wanted, Map<IpAddress, AddressCounts> counts, boolean hasCarrier) {
        boolean back = hasCarrier && !carrier;
        carrier = hasCarrier;
        List<Tenure> lost = new ArrayList<>();
        here.values().removeIf(tenure -> {
            L2Announcement still = wanted.get(tenure.claim().address());
            boolean gone =
                    still == null || still.mode() != tenure.claim().mode() || still.conflictPolicy() != tenure.policy();
            return gone && lost.add(tenure);
        });
        wanted.forEach((address, announcement) ->
                here.computeIfAbsent(address, key -> tenure(announcement, counts.get(address))));
        List<Tenure> fresh = here.values().stream()
                .filter(tenure -> hasCarrier && tenure.contest() == null)
                .toList();
        List<IpAddress> returned = here.values().stream()
                .filter(tenure -> back && tenure.contest() != null)
                .map(tenure -> tenure.claim().address())
                .toList();
        return new Change(lost, fresh, returned);
    }

    private Tenure tenure(L2Announcement announcement, AddressCounts counts) {
        Claim claim = new Claim(announcement.address(), Role.PROBING, announcement.mode(), counts);
        return new Tenure(this, claim, announcement.conflictPolicy());
    }

    /**
     * Answers by these from the next frame on.
     *
     * @param all counts of what this node announces anywhere
     * @param watched what other nodes announce and this one watches here
     * @param kernels addresses that the kernel answers pings for, as an interface has them
     */
    void answer(Map<IpAddress, AddressCounts> all, Set<IpAddress> watched, Set<IpAddress> kernels) {
        List<Claim> claims = new ArrayList<>(all.size() + watched.size());
        all.forEach((address, counts) ->
                claims.add(here.containsKey(address) ? here.get(address).claim() : new Claim(address, false, counts)));
        if (echoListener != null) {
            echoListener.claim(claims.stream()
                    .filter(claim -> !kernels.contains(claim.address()))
                    .toList());
        }
        watched.stream()
                .filter(address -> !all.containsKey(address))
                .forEach(address -> claims.add(new Claim(address, Role.WATCHED, Mode.AVAILABLE, new AddressCounts())));
        listener.claim(claims);
        joinGroups();
    }

    private void joinGroups() {
        if (port.family() == IpFamily.IPV4) {
            return;
        }
        groups.removeIf(address -> {
            boolean left = !here.containsKey(address);
            if (left) {
                socket.leaveGroup(address);
            }
            return left;
        });
        trouble = "";
        here.keySet().forEach(this::join);
    }

    private void join(IpAddress address) {
        try {
            socket.joinGroup(address);
            groups.add(address);
        } catch (IOException refused) {
            trouble = refused.getMessage();
        }
    }

    /** Tells the link where {@code address} is, if it is here and answered for. */
    void announce(IpAddress address) {
        Tenure tenure = here.get(address);
        if (tenure != null && carrier && tenure.isHeld()) {
            voice.announce(tenure.claim());
        }
    }

    void close() {
        socket.close();
        if (echoSocket != null) {
            echoSocket.close();
        }
    }
}
