package org.heraldlb.k8ssource.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.mirror.ServiceFacts;
import org.heraldlb.k8ssource.mirror.ServiceFacts.Ingress;

/** Compares what was allocated with what a service says. Pure. */
final class StatusPlan {

    /** {@code ipMode} of an address that is announced as it is. */
    static final String VIP = "VIP";

    /** Says that the snapshot was made while another node allocated: not an answer to write down. */
    private static final String WAITING = "waitingForAllocator";

    private StatusPlan() {}

    /**
     * The write that is missing. None where the service has changed since the snapshot was made: another snapshot is on its
     * way. None where this node does not speak for it.
     *
     * @param facts what the API server says now
     */
    static Optional<StatusWrite> missing(SystemSnapshot snapshot, NamespacedName name, ServiceFacts facts) {
        ServiceIntent service = snapshot.intent().services().get(name);
        return service != null && snapshot.speaksFor(name) && isCurrent(service, facts)
                ? missing(name, snapshot.allocation(), facts)
                : Optional.empty();
    }

    private static boolean isCurrent(ServiceIntent service, ServiceFacts facts) {
        return addresses(facts).equals(service.held())
                && facts.loadBalancer() == (service.type() == ServiceIntent.Type.LOAD_BALANCER);
    }

    private static List<IpAddress> addresses(ServiceFacts facts) {
        List<IpAddress> addresses = new ArrayList<>();
        for (Ingress ingress : facts.ingress()) {
            try {
                addresses.add(IpAddress.parse(ingress.address()));
            } catch (IllegalArgumentException name) {
                continue; // a host name of somebody else's
            }
        }
        return addresses;
    }

    private static Optional<StatusWrite> missing(NamespacedName name, AllocationResult result, ServiceFacts facts) {
        Allocation allocation = result.allocations().get(name);
        if (allocation != null) {
            boolean same = isWritten(allocation.addresses(), facts.ingress())
                    && facts.pool().equals(Optional.of(allocation.pool()));
            return same ? Optional.empty() : Optional.of(write(name, facts, allocation));
        }
        Problem failure = result.failures().get(name);
        if (failure != null && failure.code().equals(WAITING)) {
            return Optional.empty();
        }
        boolean ours = failure != null;
        boolean clear = ours ? !facts.ingress().isEmpty() || facts.pool().isPresent() : isLeftOver(facts);
        return clear
                ? Optional.of(new StatusWrite(name, facts.uid(), facts.resourceVersion(), List.of(), Optional.empty()))
                : Optional.empty();
    }

    /** The service is no load balancer any more, and still says which pool it got its address from. */
    private static boolean isLeftOver(ServiceFacts facts) {
        return !facts.loadBalancer() && facts.pool().isPresent();
    }

    private static StatusWrite write(NamespacedName name, ServiceFacts facts, Allocation allocation) {
        return new StatusWrite(
                name, facts.uid(), facts.resourceVersion(), allocation.addresses(), Optional.of(allocation.pool()));
    }

    /** An absent mode means {@link #VIP}: MetalLB writes none. */
    private static boolean isWritten(List<IpAddress> addresses, List<Ingress> ingress) {
        if (addresses.size() != ingress.size()) {
            return false;
        }
        for (int i = 0; i < addresses.size(); i++) {
            Ingress entry = ingress.get(i);
            boolean mode = entry.mode().isEmpty() || entry.mode().equals(VIP);
            if (!mode || !addresses.get(i).toString().equals(entry.address())) {
                return false;
            }
        }
        return true;
    }
}
