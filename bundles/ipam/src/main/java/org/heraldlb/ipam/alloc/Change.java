package org.heraldlb.ipam.alloc;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;

/**
 * A service that is not as it was.
 *
 * @param name which
 * @param service what it is now; empty when it is gone or no load balancer of ours
 * @param held what it has now
 */
public record Change(NamespacedName name, Optional<ServiceIntent> service, List<IpAddress> held) {
    public Change {
        Objects.requireNonNull(name);
    }
}
