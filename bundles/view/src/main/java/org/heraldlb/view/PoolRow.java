package org.heraldlb.view;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One pool.
 *
 * @param name of the pool
 * @param addresses as written
 * @param autoAssign false: only for services that ask for it
 * @param assignedIPv4 in use
 * @param availableIPv4 left
 * @param assignedIPv6 in use
 * @param availableIPv6 left
 * @param services who has addresses of it
 * @param origin source and document
 */
public record PoolRow(
        String name,
        List<String> addresses,
        boolean autoAssign,
        long assignedIPv4,
        long availableIPv4,
        long assignedIPv6,
        long availableIPv6,
        List<String> services,
        String origin) {

    /** How tables show it. */
    public static final List<Column<PoolRow>> COLUMNS = List.of(
            Column.text("POOL", PoolRow::name),
            Column.text("ADDRESSES", row -> String.join(",", row.addresses())),
            Column.text("AUTO", row -> row.autoAssign() ? "yes" : "no"),
            Column.number("IPV4 USED", PoolRow::assignedIPv4),
            Column.number("IPV4 LEFT", PoolRow::availableIPv4),
            Column.number("IPV6 USED", PoolRow::assignedIPv6),
            Column.number("IPV6 LEFT", PoolRow::availableIPv6),
            Column.text("ORIGIN", PoolRow::origin));

    /** All pools, by name. */
    public static List<PoolRow> of(SystemSnapshot snapshot) {
        Map<String, PoolUsage> usage = snapshot.allocation().usage().stream()
                .collect(Collectors.toMap(PoolUsage::pool, Function.identity(), (first, second) -> first));
        return snapshot.intent().addressing().pools().stream()
                .map(pool -> row(pool, usage.getOrDefault(pool.name(), none(pool)), servicesOf(pool, snapshot)))
                .toList();
    }

    private static PoolUsage none(AddressPool pool) {
        return new PoolUsage(pool.name(), 0, 0, 0, 0);
    }

    private static List<String> servicesOf(AddressPool pool, SystemSnapshot snapshot) {
        return snapshot.allocation().allocations().values().stream()
                .filter(allocation -> allocation.pool().equals(pool.name()))
                .map(allocation -> allocation.service().toString())
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
    }

    private static PoolRow row(AddressPool pool, PoolUsage usage, List<String> services) {
        return new PoolRow(
                pool.name(),
                pool.entries().stream().map(AddressPool.Entry::text).toList(),
                pool.autoAssign(),
                usage.assignedIPv4(),
                usage.availableIPv4(),
                usage.assignedIPv6(),
                usage.availableIPv6(),
                services,
                pool.origin().toString());
    }
}
