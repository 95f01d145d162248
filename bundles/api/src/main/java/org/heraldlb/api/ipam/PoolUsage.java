package org.heraldlb.api.ipam;

/**
 * Counters of one pool, as MetalLB's {@code IPAddressPool.status} has them.
 *
 * @param pool name
 * @param assignedIPv4 distinct addresses in use; a shared one counts once
 * @param assignedIPv6 distinct addresses in use
 * @param availableIPv4 addresses that are left, saturating at {@link Long#MAX_VALUE}
 * @param availableIPv6 addresses that are left, saturating at {@link Long#MAX_VALUE}
 */
public record PoolUsage(String pool, long assignedIPv4, long assignedIPv6, long availableIPv4, long availableIPv6) {}
