package org.heraldlb.membership.engine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.membership.protocol.Self;

/**
 * The configured places, looked up.
 *
 * @param places addresses as text, ours among them if {@code own} is present
 * @param own our address
 * @param problems what could not be looked up
 */
record Peers(SortedSet<String> places, Optional<InetAddress> own, List<Problem> problems) {

    private static final String SUBJECT = "membership";

    /** Asks DNS, which may block for seconds. */
    static Peers lookUp(Settings settings, Collection<InetAddress> ofNodes) {
        List<Problem> problems = new ArrayList<>();
        List<InetAddress> found = new ArrayList<>(ofNodes);
        for (String name : settings.sources().peers()) {
            resolve(name, false, found, problems);
        }
        if (!settings.sources().dns().isEmpty()) {
            resolve(settings.sources().dns(), true, found, problems);
        }
        SortedSet<String> places = new TreeSet<>();
        found.forEach(address -> places.add(address.getHostAddress()));
        Optional<InetAddress> own = own(settings, found, problems);
        own.ifPresent(address -> places.add(address.getHostAddress()));
        while (places.size() > Self.MOST) {
            problems.add(Problem.error("tooManyPeers", SUBJECT, places.last() + " is one more than " + Self.MOST));
            places.remove(places.last());
        }
        return new Peers(places, own, problems);
    }

    private static void resolve(String name, boolean all, List<InetAddress> found, List<Problem> problems) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(name);
            found.addAll(List.of(addresses).subList(0, all ? addresses.length : 1));
        } catch (UnknownHostException unknown) {
            problems.add(Problem.warning("peerNotResolved", SUBJECT, "peer \"" + name + "\" has no address")
                    .withFix("correct peers or dns in etc/org.heraldlb.membership.cfg, or the name server"));
        }
    }

    private static Optional<InetAddress> own(Settings settings, List<InetAddress> found, List<Problem> problems) {
        try {
            if (!settings.bind().isEmpty()) {
                return Optional.of(InetAddress.getByName(settings.bind()));
            }
            for (InetAddress address : found) {
                if (NetworkInterface.getByInetAddress(address) != null) {
                    return Optional.of(address);
                }
            }
        } catch (UnknownHostException | SocketException failure) {
            problems.add(Problem.error("bindNotResolved", SUBJECT, "bind \"" + settings.bind() + "\" is no address"));
            return Optional.empty();
        }
        problems.add(Problem.error("notAmongPeers", SUBJECT, "no address of this host is among the peers")
                .withFix("add it to peers on every node, or name it in bind"));
        return Optional.empty();
    }

    /** 0 where a name server alone knows how many nodes there are: it may know too few of them. */
    int majority(Settings settings) {
        boolean countable = settings.size() > 0 || settings.sources().dns().isEmpty();
        return countable ? Math.max(settings.size(), places.size()) / 2 + 1 : 0;
    }
}
