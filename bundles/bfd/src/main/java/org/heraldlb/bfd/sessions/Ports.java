package org.heraldlb.bfd.sessions;

/** Port numbers of RFC 5881 section 4 and RFC 5883 section 5. */
final class Ports {

    static final int SINGLE_HOP = 3784;
    static final int MULTIHOP = 4784;
    static final int FIRST_SOURCE = 49152;
    static final int LAST_SOURCE = 65535;

    private Ports() {}

    static int destination(boolean multihop) {
        return multihop ? MULTIHOP : SINGLE_HOP;
    }
}
