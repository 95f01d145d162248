package org.heraldlb.view;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One address of one service that this node has on the wire.
 *
 * @param service {@code namespace/name}
 * @param protocol {@code layer2} or {@code bgp}, as MetalLB calls them
 * @param node this node
 * @param address which
 */
public record Announced(String service, String protocol, String node, String address) {

    /** All of them, by service. */
    public static List<Announced> of(SystemSnapshot snapshot) {
        Deeds deeds = Deeds.of(snapshot);
        List<Announced> all = new ArrayList<>();
        for (Allocation allocation : snapshot.allocation().allocations().values()) {
            String service = allocation.service().toString();
            for (IpAddress address : allocation.addresses()) {
                if (deeds.layer2(address).filter(Deeds::isDone).isPresent()) {
                    all.add(new Announced(service, "layer2", snapshot.node(), address.toString()));
                }
                if (deeds.isRouted(address)) {
                    all.add(new Announced(service, "bgp", snapshot.node(), address.toString()));
                }
            }
        }
        return all;
    }
}
