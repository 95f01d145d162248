package org.heraldlb.bgp.packet;

/** One message of RFC 4271 section 4, or ROUTE-REFRESH of RFC 2918. */
public sealed interface Message permits Open, Update, Notification, Message.Keepalive, RouteRefresh {

    int TYPE_OPEN = 1;
    int TYPE_UPDATE = 2;
    int TYPE_NOTIFICATION = 3;
    int TYPE_KEEPALIVE = 4;
    int TYPE_ROUTE_REFRESH = 5;

    /** The type byte. */
    int type();

    /** RFC 4271 section 4.4: a header and nothing else. */
    record Keepalive() implements Message {
        public static final Keepalive INSTANCE = new Keepalive();

        @Override
        public int type() {
            return TYPE_KEEPALIVE;
        }
    }
}
