package org.heraldlb.l2.responder;

import java.util.Collection;
import org.heraldlb.api.net.MacAddress;

/**
 * The MAC addresses of this host, to tell somebody else from another interface of our own. Any thread changes them, for
 * the next frame on.
 */
public final class OwnMacs {

    private volatile long[] macs = {};

    public OwnMacs(Collection<MacAddress> macs) {
        become(macs);
    }

    /** From now on exactly these. */
    public void become(Collection<MacAddress> all) {
        macs = all.stream().mapToLong(MacAddress::bits).distinct().toArray();
    }

    /** True when an interface of this host has it. */
    public boolean contains(long mac) {
        for (long own : macs) {
            if (own == mac) {
                return true;
            }
        }
        return false;
    }
}
