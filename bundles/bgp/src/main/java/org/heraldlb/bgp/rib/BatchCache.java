package org.heraldlb.bgp.rib;

import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.RouteRefresh;

/**
 * The last encodings, so that many peers cost one. Tables are recognised by identity and not held: what nobody else
 * remembers cannot be asked for again. Not thread-safe.
 */
public final class BatchCache {

    private static final int MAX_ENTRIES = 64;
    private static final long MAX_BYTES = 64L << 20;

    private final Map<Key, Batch> batches = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long encoded;

    /** Tables by identity; {@link #NONE} stands for none. */
    private static final class Table {
        private static final Table NONE = new Table(List.of());

        private final WeakReference<List<Route>> routes;
        private final int hash;

        private Table(List<Route> routes) {
            this.routes = new WeakReference<>(routes);
            this.hash = System.identityHashCode(routes);
        }

        private boolean isGone() {
            return routes.get() == null;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            boolean real = this != NONE && other != NONE && !isGone();
            return real && other instanceof Table table && table.routes.get() == routes.get();
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private record Key(EncodingPolicy policy, Table from, Table to, Set<Family> refresh) {
        private boolean isGone() {
            return from.isGone() || to.isGone();
        }
    }

    /** How many batches were made, for statistics and tests. */
    public long encoded() {
        return encoded;
    }

    /** A whole table and the end-of-RIB markers. */
    Batch initial(EncodingPolicy policy, List<Route> wanted) {
        Key key = new Key(policy, Table.NONE, new Table(wanted), Set.of());
        return get(key, () -> new Encoder(policy).announce(wanted).endOfRib().batch(size(policy, wanted)));
    }

    /** From one table to another, under one policy. */
    Batch change(EncodingPolicy policy, List<Route> told, List<Route> wanted) {
        return get(new Key(policy, new Table(told), new Table(wanted), Set.of()), () -> {
            Delta delta = Delta.between(told, wanted, policy);
            return new Encoder(policy)
                    .withdraw(delta.withdrawn())
                    .announce(delta.announced())
                    .batch(size(policy, wanted));
        });
    }

    /** A table once more, because the peer asked (RFC 2918), bracketed where the peer knows brackets (RFC 7313). */
    Batch again(EncodingPolicy policy, List<Route> wanted, Set<Family> families, boolean brackets) {
        Key key = new Key(policy, Table.NONE, new Table(wanted), families);
        List<Route> routes = wanted.stream()
                .filter(route -> families.contains(Family.unicast(route.prefix().family())))
                .toList();
        return get(key, () -> {
            Encoder encoder = new Encoder(policy);
            families.stream().filter(family -> brackets).forEach(family -> encoder.refresh(family, RouteRefresh.BEGIN));
            encoder.announce(routes);
            families.stream().filter(family -> brackets).forEach(family -> encoder.refresh(family, RouteRefresh.END));
            return encoder.batch(size(policy, wanted));
        });
    }

    private interface Maker {
        Batch make();
    }

    private Batch get(Key key, Maker maker) {
        Batch present = batches.get(key);
        if (present != null) {
            return present;
        }
        encoded++;
        forgetGone();
        Batch made = maker.make();
        batches.put(key, made);
        bytes += made.bytes();
        evict();
        return made;
    }

    private void forgetGone() {
        var each = batches.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Key, Batch> entry = each.next();
            if (entry.getKey().isGone()) {
                bytes -= entry.getValue().bytes();
                each.remove();
            }
        }
    }

    private void evict() {
        var eldest = batches.entrySet().iterator();
        while (batches.size() > 1 && (batches.size() > MAX_ENTRIES || bytes > MAX_BYTES)) {
            bytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }

    /** Forgets everything: the tables it was made from are gone. */
    public void clear() {
        batches.clear();
        bytes = 0;
    }

    private static int size(EncodingPolicy policy, List<Route> table) {
        boolean v4 = policy.canAnnounce(IpFamily.IPV4);
        boolean v6 = policy.canAnnounce(IpFamily.IPV6);
        if (v4 && v6) {
            return table.size();
        }
        // Tables are ordered by family first.
        int split = firstV6(table);
        return (v4 ? split : 0) + (v6 ? table.size() - split : 0);
    }

    private static int firstV6(List<Route> table) {
        int low = 0;
        int high = table.size();
        while (low < high) {
            int middle = low + high >>> 1;
            boolean v4 = table.get(middle).prefix().family() == IpFamily.IPV4;
            low = v4 ? middle + 1 : low;
            high = v4 ? high : middle;
        }
        return low;
    }
}
