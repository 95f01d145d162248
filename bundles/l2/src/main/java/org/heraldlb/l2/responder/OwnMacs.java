package org.heraldlb.l2.responder;

import java.util.Collection;
import org.heraldlb.api.net.MacAddress;

/** The MAC addresses of this host, to tell somebody else from another interface of our own. */
public final class OwnMacs {

    private final long[] macs;

    public OwnMacs(Collection<MacAddress> macs) {
        this.macs = macs.stream().mapToLong(MacAddress::bits).distinct().toArray();
    }

    boolean contains(long mac) {
        for (long own : macs) {
            if (own == mac) {
                return true;
            }
        }
        return false;
    }
}
