package org.heraldlb.api.ipam;

import org.heraldlb.api.intent.NamespacedName;

/**
 * Gives addresses to services. A pure function offered as a service: equal requests give equal results, in any order of
 * arrival, on any node, before and after a swap. It has no memory; what is held comes with the request.
 */
public interface Ipam {

    /**
     * Decides for all services at once. Called from one thread at a time; may use the previous request to be faster, but
     * never to decide differently. Does not throw for any request: what cannot be given is a failure in the result.
     */
    AllocationResult allocate(AllocationRequest request);

    /** Why {@code service} got what {@link #allocate} gives it: a trace of every pool that was considered. Pure too. */
    AllocationTrace explain(AllocationRequest request, NamespacedName service);
}
