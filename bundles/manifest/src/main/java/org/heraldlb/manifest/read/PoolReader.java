package org.heraldlb.manifest.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AddressPool.Entry;
import org.heraldlb.api.intent.AddressPool.Rules;
import org.heraldlb.api.intent.AddressPool.ServiceAllocation;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;
import org.heraldlb.manifest.Code;

/** {@code IPAddressPool}. */
final class PoolReader {

    private PoolReader() {}

    static ConfigObject read(Source source) {
        try (Fields spec = source.spec()) {
            List<Entry> entries = entries(spec);
            boolean autoAssign = spec.bool("autoAssign", true);
            boolean avoidBuggyIps = spec.bool("avoidBuggyIPs", false);
            Optional<ServiceAllocation> allocation =
                    spec.object("serviceAllocation").map(PoolReader::serviceAllocation);
            Rules rules = source.extended() ? rules(spec) : Rules.METALLB;
            return new AddressPool(
                    source.ref(),
                    source.origin(),
                    source.meta().labels(),
                    entries,
                    autoAssign,
                    avoidBuggyIps,
                    allocation,
                    rules);
        }
    }

    private static List<Entry> entries(Fields spec) {
        List<Entry> entries = new ArrayList<>();
        TreeMap<IpAddress, IpPrefix> taken = new TreeMap<>();
        List<String> texts = spec.texts("addresses");
        for (int i = 0; i < texts.size(); i++) {
            String path = spec.path("addresses") + "[" + i + "]";
            String text = texts.get(i);
            Ranges.prefixes(spec, path, text).ifPresent(prefixes -> {
                prefixes.forEach(prefix -> take(spec, path, text, taken, prefix));
                entries.add(new Entry(text, prefixes));
            });
        }
        if (texts.isEmpty()) {
            spec.findings()
                    .error(Code.NO_ADDRESSES, spec.path("addresses"), "", "pool has no prefixes defined in addresses");
        }
        return entries;
    }

    private static void take(
            Fields spec, String path, String text, TreeMap<IpAddress, IpPrefix> taken, IpPrefix prefix) {
        var below = taken.floorEntry(prefix.last());
        if (below != null && below.getValue().overlaps(prefix)) {
            spec.findings()
                    .error(
                            Code.OVERLAPPING_PREFIX,
                            path,
                            text,
                            "CIDR " + prefix + " overlaps with already defined CIDR " + below.getValue()
                                    + " in the same pool");
        }
        taken.put(prefix.address(), prefix);
    }

    private static ServiceAllocation serviceAllocation(Fields allocation) {
        try (allocation) {
            int priority = (int) allocation
                    .integer("priority", Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .orElse(0);
            List<String> namespaces = allocation.distinct("namespaces", Code.DUPLICATE_VALUE, "namespace");
            return new ServiceAllocation(
                    priority,
                    new TreeSet<>(namespaces),
                    Selectors.list(allocation, "namespaceSelectors"),
                    Selectors.list(allocation, "serviceSelectors"));
        }
    }

    private static Rules rules(Fields spec) {
        List<IpRange> excluded = new ArrayList<>();
        List<String> texts = spec.texts("excluded");
        for (int i = 0; i < texts.size(); i++) {
            Ranges.any(spec, spec.path("excluded") + "[" + i + "]", texts.get(i))
                    .ifPresent(excluded::add);
        }
        Strategy strategy =
                spec.choice("strategy", Strategy.class, PoolReader::spelling).orElse(Strategy.LOWEST);
        Duration grace = Durations.notNegative(spec, "releaseGrace").orElse(Duration.ZERO);
        return new Rules(excluded, strategy, grace);
    }

    /** Constants of {@code heraldlb.org/v1} are written in lower case, with dashes. */
    static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
