package org.heraldlb.bfd.sessions;

import org.heraldlb.api.bfd.BfdSessionKey;

/** Port numbers of RFC 5881 section 4, RFC 5883 section 5 and RFC 9747 section 2. */
final class Ports {

    static final int SINGLE_HOP = 3784;
    static final int MULTIHOP = 4784;
    static final int ECHO = 3785;
    static final int FIRST_SOURCE = 49152;
    static final int LAST_SOURCE = 65535;

    private Ports() {}

    static int destination(BfdSessionKey key) {
        return key.unaffiliated() ? ECHO : key.multihop() ? MULTIHOP : SINGLE_HOP;
    }
}
