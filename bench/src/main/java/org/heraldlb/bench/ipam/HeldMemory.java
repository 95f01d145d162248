package org.heraldlb.bench.ipam;

import java.util.List;
import java.util.Locale;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.ipam.RememberingIpam;

/**
 * Bytes of heap that the result and the memory of the allocator take for each service, beyond the request
 * (where the services are, and the addresses that they hold). Goal: 300. Not
 * a JMH benchmark, because it measures no time: run its main method.
 */
public final class HeldMemory {

    private static final int SERVICES = 200_000;

    private HeldMemory() {}

    /** Prints one line for each strategy. */
    public static void main(String[] args) {
        for (Strategy strategy : Strategy.values()) {
            System.out.printf(Locale.ROOT, "%-14s %.0f bytes for each service%n", strategy, bytesEach(strategy));
        }
    }

    private static double bytesEach(Strategy strategy) {
        Cluster cluster =
                Cluster.empty(List.of(IpPrefix.parse("10.0.0.0/8")), strategy).plus("service", SERVICES);
        Cluster settled = cluster.holding(new RememberingIpam().allocate(cluster.request()));
        long before = used();
        RememberingIpam ipam = new RememberingIpam();
        AllocationResult result = ipam.allocate(settled.request());
        long bytes = used() - before;
        if (result.allocations().size() != SERVICES
                || !ipam.allocate(settled.request()).equals(result)) {
            throw new AssertionError("not all services have an address, and keep it");
        }
        return (double) bytes / SERVICES;
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
