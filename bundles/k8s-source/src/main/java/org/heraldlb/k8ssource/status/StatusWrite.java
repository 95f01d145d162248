package org.heraldlb.k8ssource.status;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;

/**
 * The status that one service is to have.
 *
 * @param service which
 * @param uid of the object that was decided upon
 * @param resourceVersion of the version that was decided upon: the write fails when there is a newer one
 * @param addresses in order; empty clears what Herald wrote
 * @param pool where they come from, empty without addresses
 */
public record StatusWrite(
        NamespacedName service, String uid, String resourceVersion, List<IpAddress> addresses, Optional<String> pool) {

    public StatusWrite {
        addresses = List.copyOf(addresses);
    }
}
