package org.heraldlb.api.intent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;

/**
 * Addresses kept for a service, whether it exists or not ({@code heraldlb.org/v1}).
 *
 * @param ref kind {@link Kind#RESERVATION}
 * @param origin where it comes from
 * @param service whom they are kept for; it gets them without asking
 * @param addresses at most one of each family, each inside a pool
 * @param expires wall clock; absent means never
 */
public record Reservation(
        ObjectRef ref, Origin origin, NamespacedName service, List<IpAddress> addresses, Optional<Instant> expires)
        implements ConfigObject {
    public Reservation {
        addresses = List.copyOf(addresses);
    }
}
