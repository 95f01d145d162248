package org.heraldlb.core.ledger;

import java.time.Instant;
import java.util.List;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;

/** One change of the ledger's state. */
public sealed interface LedgerRecord {

    /**
     * The service has these addresses now.
     *
     * @param source id of the source that wants the service
     * @param addresses primary family first, not empty
     */
    record Hold(NamespacedName service, String source, List<IpAddress> addresses) implements LedgerRecord {
        public Hold {
            addresses = List.copyOf(addresses);
        }
    }

    /** The service has nothing any more. */
    record Drop(NamespacedName service) implements LedgerRecord {}

    /** The address is kept from everybody but {@code by} until then. */
    record Release(IpAddress address, NamespacedName by, Instant until) implements LedgerRecord {}

    /** The address is free, or somebody's again. */
    record Expire(IpAddress address) implements LedgerRecord {}
}
