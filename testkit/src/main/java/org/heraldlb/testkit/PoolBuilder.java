package org.heraldlb.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AddressPool.Entry;
import org.heraldlb.api.intent.AddressPool.Rules;
import org.heraldlb.api.intent.AddressPool.ServiceAllocation;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;

/** Builds an {@link AddressPool}; see {@link Intents#pool}. */
public final class PoolBuilder {

    private final String name;
    private final List<Entry> entries = new ArrayList<>();
    private Map<String, String> labels = Map.of();
    private boolean autoAssign = true;
    private boolean avoidBuggyIps;
    private Optional<ServiceAllocation> serviceAllocation = Optional.empty();
    private Rules rules = Rules.METALLB;

    PoolBuilder(String name, String... addresses) {
        this.name = name;
        for (String address : addresses) {
            entries.add(entry(address));
        }
    }

    private static Entry entry(String text) {
        return new Entry(
                text,
                text.indexOf('/') > 0
                        ? List.of(IpPrefix.parse(text))
                        : range(text).toPrefixes());
    }

    private static IpRange range(String text) {
        String[] ends = text.split("-", -1);
        return new IpRange(Intents.ip(ends[0].strip()), Intents.ip(ends[1].strip()));
    }

    public PoolBuilder labels(String... keyValues) {
        labels = Intents.labels(keyValues);
        return this;
    }

    /** {@code autoAssign: false}. */
    public PoolBuilder onRequest() {
        autoAssign = false;
        return this;
    }

    public PoolBuilder avoidBuggyIps() {
        avoidBuggyIps = true;
        return this;
    }

    /** Pins the pool; whatever else was said about pinning stays. */
    public PoolBuilder priority(int priority) {
        ServiceAllocation is = pinned();
        return pin(new ServiceAllocation(priority, is.namespaces(), is.namespaceSelectors(), is.serviceSelectors()));
    }

    /** Pins the pool to namespaces. */
    public PoolBuilder namespaces(String... names) {
        ServiceAllocation is = pinned();
        Set<String> set = new TreeSet<>(List.of(names));
        return pin(new ServiceAllocation(is.priority(), set, is.namespaceSelectors(), is.serviceSelectors()));
    }

    /** Pins the pool to namespaces with labels. */
    public PoolBuilder namespaceSelectors(LabelSelector... selectors) {
        ServiceAllocation is = pinned();
        return pin(new ServiceAllocation(is.priority(), is.namespaces(), List.of(selectors), is.serviceSelectors()));
    }

    /** Pins the pool to services with labels. */
    public PoolBuilder serviceSelectors(LabelSelector... selectors) {
        ServiceAllocation is = pinned();
        return pin(new ServiceAllocation(is.priority(), is.namespaces(), is.namespaceSelectors(), List.of(selectors)));
    }

    private ServiceAllocation pinned() {
        return serviceAllocation.orElseGet(() -> new ServiceAllocation(0, Set.of(), List.of(), List.of()));
    }

    private PoolBuilder pin(ServiceAllocation value) {
        serviceAllocation = Optional.of(value);
        return this;
    }

    /** Never handed out; each is a CIDR or {@code start-end}. */
    public PoolBuilder excluded(String... ranges) {
        List<IpRange> excluded = new ArrayList<>();
        for (String range : ranges) {
            excluded.add(range.indexOf('/') > 0 ? IpPrefix.parse(range).range() : range(range));
        }
        rules = new Rules(excluded, rules.strategy(), rules.releaseGrace());
        return this;
    }

    public PoolBuilder strategy(Strategy value) {
        rules = new Rules(rules.excluded(), value, rules.releaseGrace());
        return this;
    }

    public PoolBuilder releaseGrace(Duration value) {
        rules = new Rules(rules.excluded(), rules.strategy(), value);
        return this;
    }

    public AddressPool build() {
        return new AddressPool(
                ObjectRef.of(Kind.IP_ADDRESS_POOL, name),
                Intents.ORIGIN,
                labels,
                entries,
                autoAssign,
                avoidBuggyIps,
                serviceAllocation,
                rules);
    }
}
