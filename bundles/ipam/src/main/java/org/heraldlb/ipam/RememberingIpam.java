package org.heraldlb.ipam;

import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.Ipam;

/**
 * The allocator as the function that core calls. Remembers the previous request to be faster when little has changed since,
 * which makes no difference to what it returns. One thread at a time.
 *
 * <p>It is fast when the maps of a request are {@link org.heraldlb.runtime.PersistentMap}s made from those of the request
 * before, and right for any maps.
 */
public final class RememberingIpam implements Ipam {

    private Memory memory;

    @Override
    public AllocationResult allocate(AllocationRequest request) {
        Memory current = memory != null && memory.canContinue(request) ? memory : new Memory(request);
        // Forgotten while in use: should deciding break off half-way, the next request begins anew.
        memory = null;
        AllocationResult result = current.allocate(request);
        memory = current;
        return result;
    }

    /** Costs as much as deciding about everything anew. */
    @Override
    public AllocationTrace explain(AllocationRequest request, NamespacedName service) {
        Memory fresh = new Memory(request);
        fresh.allocate(request);
        return fresh.trace(service);
    }
}
