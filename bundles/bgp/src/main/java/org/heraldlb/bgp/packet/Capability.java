package org.heraldlb.bgp.packet;

import java.util.List;

/** One capability of an OPEN (RFC 5492). */
public sealed interface Capability {

    int MULTIPROTOCOL = 1;
    int ROUTE_REFRESH = 2;
    int EXTENDED_NEXT_HOP = 5;
    int EXTENDED_MESSAGE = 6;
    int ROLE = 9;
    int GRACEFUL_RESTART = 64;
    int FOUR_OCTET_AS = 65;
    int ENHANCED_ROUTE_REFRESH = 70;
    int LONG_LIVED_GRACEFUL_RESTART = 71;

    /** Capability code. */
    int code();

    /** RFC 4760 section 8. */
    record Multiprotocol(Family family) implements Capability {
        @Override
        public int code() {
            return MULTIPROTOCOL;
        }
    }

    /** RFC 2918. */
    record Refresh() implements Capability {
        @Override
        public int code() {
            return ROUTE_REFRESH;
        }
    }

    /**
     * RFC 8950 section 4: which families may have a next hop of another family.
     *
     * @param entries in the peer's order
     */
    record ExtendedNextHop(List<Entry> entries) implements Capability {

        /**
         * @param family of the routes
         * @param nextHopAfi of their next hop
         */
        public record Entry(Family family, int nextHopAfi) {}

        public ExtendedNextHop {
            entries = List.copyOf(entries);
        }

        @Override
        public int code() {
            return EXTENDED_NEXT_HOP;
        }
    }

    /** RFC 8654. */
    record ExtendedMessage() implements Capability {
        @Override
        public int code() {
            return EXTENDED_MESSAGE;
        }
    }

    /**
     * RFC 9234 section 4.1.
     *
     * @param role 0 provider, 1 RS, 2 RS client, 3 customer, 4 peer
     */
    record Role(int role) implements Capability {
        @Override
        public int code() {
            return ROLE;
        }
    }

    /**
     * RFC 4724 section 3 and RFC 8538 section 2.
     *
     * @param restarted R bit
     * @param notification N bit
     * @param restartSeconds 0 to 4095
     * @param families whose forwarding state may be kept
     */
    record GracefulRestart(boolean restarted, boolean notification, int restartSeconds, List<Entry> families)
            implements Capability {

        /** @param forwarding F bit: the state was kept */
        public record Entry(Family family, boolean forwarding) {}

        public GracefulRestart {
            families = List.copyOf(families);
        }

        @Override
        public int code() {
            return GRACEFUL_RESTART;
        }
    }

    /**
     * RFC 6793.
     *
     * @param as 32 bits unsigned
     */
    record FourOctetAs(long as) implements Capability {
        @Override
        public int code() {
            return FOUR_OCTET_AS;
        }
    }

    /** RFC 7313. */
    record EnhancedRefresh() implements Capability {
        @Override
        public int code() {
            return ENHANCED_ROUTE_REFRESH;
        }
    }

    /** RFC 9494 section 3.1. */
    record LongLivedGracefulRestart(List<Entry> families) implements Capability {

        /**
         * @param forwarding F bit
         * @param staleSeconds 24 bits
         */
        public record Entry(Family family, boolean forwarding, int staleSeconds) {}

        public LongLivedGracefulRestart {
            families = List.copyOf(families);
        }

        @Override
        public int code() {
            return LONG_LIVED_GRACEFUL_RESTART;
        }
    }

    /** A code that we do not know, or a value that does not have the shape its code demands. */
    record Unknown(int code, Octets value) implements Capability {}
}
