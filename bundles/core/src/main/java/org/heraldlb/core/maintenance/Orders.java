package org.heraldlb.core.maintenance;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Maintenance.Order;

/**
 * What operators asked for and did not take back.
 *
 * @param drain hand everything over
 * @param withdrawn addresses that this node does not announce
 * @param disabledPeers peers that this node does not talk to, by name
 */
public record Orders(
        Optional<Order> drain, SortedMap<IpAddress, Order> withdrawn, SortedMap<String, Order> disabledPeers) {

    public static final Orders NONE = new Orders(Optional.empty(), new TreeMap<>(), new TreeMap<>());

    public Orders {
        withdrawn = Collections.unmodifiableSortedMap(new TreeMap<>(withdrawn));
        disabledPeers = Collections.unmodifiableSortedMap(new TreeMap<>(disabledPeers));
    }

    public Orders withDrain(Optional<Order> order) {
        return new Orders(order, withdrawn, disabledPeers);
    }

    /** Empty takes the order back. */
    public Orders withWithdrawn(IpAddress address, Optional<Order> order) {
        return new Orders(drain, changed(withdrawn, address, order), disabledPeers);
    }

    /** Empty takes the order back. */
    public Orders withDisabled(String peer, Optional<Order> order) {
        return new Orders(drain, withdrawn, changed(disabledPeers, peer, order));
    }

    private static <K> SortedMap<K, Order> changed(SortedMap<K, Order> map, K key, Optional<Order> order) {
        TreeMap<K, Order> next = new TreeMap<>(map);
        order.ifPresentOrElse(given -> next.put(key, given), () -> next.remove(key));
        return next;
    }

    /** Without those whose time is over. */
    public Orders at(Instant now) {
        if (nextEnd().filter(end -> !end.isAfter(now)).isEmpty()) {
            return this;
        }
        TreeMap<IpAddress, Order> addresses = new TreeMap<>(withdrawn);
        addresses.values().removeIf(order -> isOver(order, now));
        TreeMap<String, Order> peers = new TreeMap<>(disabledPeers);
        peers.values().removeIf(order -> isOver(order, now));
        return new Orders(drain.filter(order -> !isOver(order, now)), addresses, peers);
    }

    private static boolean isOver(Order order, Instant now) {
        return order.until().filter(end -> !end.isAfter(now)).isPresent();
    }

    /** When the first of them is over. */
    public Optional<Instant> nextEnd() {
        return Stream.of(drain.stream(), withdrawn.values().stream(), disabledPeers.values().stream())
                .flatMap(all -> all)
                .flatMap(order -> order.until().stream())
                .min(Instant::compareTo);
    }
}
