package org.heraldlb.bgp.packet;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/** One path attribute of an UPDATE. AS numbers are 32 bits unsigned in a {@code long}. */
public sealed interface PathAttribute {

    int ORIGIN = 1;
    int AS_PATH = 2;
    int NEXT_HOP = 3;
    int MULTI_EXIT_DISC = 4;
    int LOCAL_PREF = 5;
    int ATOMIC_AGGREGATE = 6;
    int AGGREGATOR = 7;
    int COMMUNITIES = 8;
    int ORIGINATOR_ID = 9;
    int CLUSTER_LIST = 10;
    int MP_REACH = 14;
    int MP_UNREACH = 15;
    int EXTENDED_COMMUNITIES = 16;
    int AS4_PATH = 17;
    int AS4_AGGREGATOR = 18;
    int LARGE_COMMUNITIES = 32;
    int ONLY_TO_CUSTOMER = 35;

    /** Attribute type code. */
    int type();

    /** @param value 0 IGP, 1 EGP, 2 INCOMPLETE */
    record Origin(int value) implements PathAttribute {
        public static final Origin IGP = new Origin(0);

        @Override
        public int type() {
            return ORIGIN;
        }
    }

    /** RFC 4271 section 5.1.2. */
    record AsPath(List<Segment> segments) implements PathAttribute {

        public static final int SET = 1;
        public static final int SEQUENCE = 2;

        /**
         * @param type 1 to 4 (RFC 5065)
         * @param numbers 1 to 255 of them
         */
        public record Segment(int type, List<Long> numbers) {
            public Segment {
                numbers = List.copyOf(numbers);
            }
        }

        public AsPath {
            segments = List.copyOf(segments);
        }

        @Override
        public int type() {
            return AS_PATH;
        }
    }

    /** RFC 6793: the real path, through speakers that know two octets only. */
    record As4Path(List<AsPath.Segment> segments) implements PathAttribute {
        public As4Path {
            segments = List.copyOf(segments);
        }

        @Override
        public int type() {
            return AS4_PATH;
        }
    }

    record NextHop(IpAddress address) implements PathAttribute {
        @Override
        public int type() {
            return NEXT_HOP;
        }
    }

    /** @param value 32 bits unsigned */
    record Med(long value) implements PathAttribute {
        @Override
        public int type() {
            return MULTI_EXIT_DISC;
        }
    }

    /** @param value 32 bits unsigned */
    record LocalPref(long value) implements PathAttribute {
        @Override
        public int type() {
            return LOCAL_PREF;
        }
    }

    record AtomicAggregate() implements PathAttribute {
        @Override
        public int type() {
            return ATOMIC_AGGREGATE;
        }
    }

    record Aggregator(long as, IpAddress speaker) implements PathAttribute {
        @Override
        public int type() {
            return AGGREGATOR;
        }
    }

    /** RFC 6793. */
    record As4Aggregator(long as, IpAddress speaker) implements PathAttribute {
        @Override
        public int type() {
            return AS4_AGGREGATOR;
        }
    }

    /** RFC 1997. */
    record Communities(List<Community> values) implements PathAttribute {
        public Communities {
            values = List.copyOf(values);
        }

        @Override
        public int type() {
            return COMMUNITIES;
        }
    }

    /** RFC 4456. */
    record OriginatorId(IpAddress identifier) implements PathAttribute {
        @Override
        public int type() {
            return ORIGINATOR_ID;
        }
    }

    /** RFC 4456. */
    record ClusterList(List<IpAddress> clusters) implements PathAttribute {
        public ClusterList {
            clusters = List.copyOf(clusters);
        }

        @Override
        public int type() {
            return CLUSTER_LIST;
        }
    }

    /**
     * RFC 4760 section 3, RFC 2545, RFC 8950.
     *
     * @param family one that we know
     * @param nextHop global, or link-local when there is no other
     * @param linkLocal the second one of a 32 byte next hop
     * @param routes of the family
     */
    record MpReach(Family family, IpAddress nextHop, Optional<IpAddress> linkLocal, List<IpPrefix> routes)
            implements PathAttribute {
        public MpReach {
            routes = List.copyOf(routes);
        }

        @Override
        public int type() {
            return MP_REACH;
        }
    }

    /** RFC 4760 section 4. */
    record MpUnreach(Family family, List<IpPrefix> routes) implements PathAttribute {
        public MpUnreach {
            routes = List.copyOf(routes);
        }

        @Override
        public int type() {
            return MP_UNREACH;
        }
    }

    /**
     * RFC 4360.
     *
     * @param values 64 bits each
     */
    record ExtendedCommunities(List<Long> values) implements PathAttribute {

        private static final long LINK_BANDWIDTH = 0x4004L;

        public ExtendedCommunities {
            values = List.copyOf(values);
        }

        /**
         * Link bandwidth (draft-ietf-idr-link-bandwidth), non-transitive.
         *
         * @param as the sender's; AS_TRANS when it has more than 16 bits
         * @param bytesPerSecond becomes an IEEE float
         */
        public static long linkBandwidth(long as, long bytesPerSecond) {
            long short16 = as > 0xffff ? Open.AS_TRANS : as;
            return LINK_BANDWIDTH << 48 | short16 << 32 | Float.floatToIntBits(bytesPerSecond) & 0xffff_ffffL;
        }

        @Override
        public int type() {
            return EXTENDED_COMMUNITIES;
        }
    }

    /** RFC 8092. */
    record LargeCommunities(List<LargeCommunity> values) implements PathAttribute {
        public LargeCommunities {
            values = List.copyOf(values);
        }

        @Override
        public int type() {
            return LARGE_COMMUNITIES;
        }
    }

    /** RFC 9234. */
    record OnlyToCustomer(long as) implements PathAttribute {
        @Override
        public int type() {
            return ONLY_TO_CUSTOMER;
        }
    }

    /**
     * A type that we do not know, or a multiprotocol attribute of a family that we do not know.
     *
     * @param flags as received, without the extended length bit, which belongs to the encoding
     */
    record Unknown(int flags, int type, Octets value) implements PathAttribute {
        public Unknown {
            flags &= ~AttributeWriter.EXTENDED_LENGTH;
        }
    }
}
