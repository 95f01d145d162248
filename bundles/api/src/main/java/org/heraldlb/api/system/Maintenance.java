package org.heraldlb.api.system;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.net.IpAddress;

/**
 * What operators have asked for beside the documents. Survives a restart; what has an end ends by itself.
 *
 * @param drain how far this node's drain is
 * @param withdrawn addresses that this node does not announce
 * @param disabledPeers BGP peers that this node does not talk to, by name
 */
public record Maintenance(Drain drain, SortedMap<IpAddress, Order> withdrawn, SortedMap<String, Order> disabledPeers) {

    public static final Maintenance NONE = new Maintenance(Drain.NONE, new TreeMap<>(), new TreeMap<>());

    /**
     * @param reason for people, as given
     * @param since when it was asked for
     * @param until when it ends, empty for never
     */
    public record Order(String reason, Instant since, Optional<Instant> until) {}

    /** How far a drain is. */
    public enum Phase {
        /** Not draining. */
        ACTIVE,
        /** Layer 2 is being handed over; BGP routes carry GRACEFUL_SHUTDOWN (RFC 8326). */
        HANDING_OVER,
        /** Routes are withdrawn, sessions still up. */
        WITHDRAWING,
        /** Nothing is announced, no session runs: safe to reboot. */
        DRAINED
    }

    /**
     * @param phase where it stands
     * @param order who asked why, empty when not draining
     * @param waitingFor one line for each thing that is not handed over yet, empty lines when nothing
     */
    public record Drain(Phase phase, Optional<Order> order, List<String> waitingFor) {
        public static final Drain NONE = new Drain(Phase.ACTIVE, Optional.empty(), List.of());

        public Drain {
            waitingFor = List.copyOf(waitingFor);
        }
    }

    public Maintenance {
        withdrawn = Collections.unmodifiableSortedMap(new TreeMap<>(withdrawn));
        disabledPeers = Collections.unmodifiableSortedMap(new TreeMap<>(disabledPeers));
    }
}
