package org.heraldlb.ipam.internal;

import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.ipam.RememberingIpam;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the allocator. It starts without a memory and needs none. */
@Component(service = Ipam.class)
public final class IpamComponent implements Ipam {

    private final Ipam ipam = new RememberingIpam();

    @Activate
    public IpamComponent() {}

    @Override
    public AllocationResult allocate(AllocationRequest request) {
        return ipam.allocate(request);
    }

    @Override
    public AllocationTrace explain(AllocationRequest request, NamespacedName service) {
        return ipam.explain(request, service);
    }
}
