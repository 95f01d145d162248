package org.heraldlb.bgp.packet;

/**
 * RFC 2918, with the demarcation of RFC 7313.
 *
 * @param family whose routes
 * @param subtype {@link #REQUEST}, {@link #BEGIN}, {@link #END} or something unknown, which is to be ignored
 */
public record RouteRefresh(Family family, int subtype) implements Message {

    public static final int REQUEST = 0;
    public static final int BEGIN = 1;
    public static final int END = 2;

    @Override
    public int type() {
        return TYPE_ROUTE_REFRESH;
    }
}
