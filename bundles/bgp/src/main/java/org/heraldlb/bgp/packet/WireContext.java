package org.heraldlb.bgp.packet;

/**
 * What two speakers agreed on that changes how bytes are read.
 *
 * @param fourOctetAs AS numbers in AS_PATH and AGGREGATOR have four octets (RFC 6793)
 * @param maxLength of a message, 4096 or 65535 (RFC 8654); OPEN and KEEPALIVE never exceed 4096
 * @param internal the peer is in our AS: LOCAL_PREF and route reflection attributes mean something
 */
public record WireContext(boolean fourOctetAs, int maxLength, boolean internal) {

    public static final int MAX_LENGTH = 4096;
    public static final int EXTENDED_MAX_LENGTH = 65535;

    /** Before the OPENs were exchanged. */
    public static final WireContext INITIAL = new WireContext(false, MAX_LENGTH, false);
}
