package org.heraldlb.bgp.packet;

import java.util.List;
import org.heraldlb.bgp.packet.PathAttribute.AsPath;

/** Path attributes to bytes. */
public final class AttributeWriter {

    static final int OPTIONAL = 0x80;
    static final int TRANSITIVE = 0x40;
    static final int EXTENDED_LENGTH = 0x10;

    private static final int MAX_SHORT = 255;
    private static final int MAX_AS16 = 0xffff;

    private AttributeWriter() {}

    /** Writes flags, type, length and value; the extended length only where it is needed. */
    public static void write(PathAttribute attribute, boolean fourOctetAs, Writer out) {
        Writer value = new Writer(32);
        value(attribute, fourOctetAs, value);
        boolean extended = value.size() > MAX_SHORT;
        out.u8(flags(attribute) | (extended ? EXTENDED_LENGTH : 0)).u8(attribute.type());
        if (extended) {
            out.u16(value.size());
        } else {
            out.u8(value.size());
        }
        out.bytes(value.array(), 0, value.size());
    }

    private static int flags(PathAttribute attribute) {
        return attribute instanceof PathAttribute.Unknown unknown
                ? unknown.flags() & ~EXTENDED_LENGTH
                : flags(attribute.type());
    }

    /** Optional and transitive bits by type; -1 for types that we do not know. */
    static int flags(int type) {
        return switch (type) {
            case PathAttribute.ORIGIN,
                    PathAttribute.AS_PATH,
                    PathAttribute.NEXT_HOP,
                    PathAttribute.LOCAL_PREF,
                    PathAttribute.ATOMIC_AGGREGATE -> TRANSITIVE;
            case PathAttribute.MULTI_EXIT_DISC,
                    PathAttribute.ORIGINATOR_ID,
                    PathAttribute.CLUSTER_LIST,
                    PathAttribute.MP_REACH,
                    PathAttribute.MP_UNREACH -> OPTIONAL;
            case PathAttribute.AGGREGATOR,
                    PathAttribute.COMMUNITIES,
                    PathAttribute.EXTENDED_COMMUNITIES,
                    PathAttribute.AS4_PATH,
                    PathAttribute.AS4_AGGREGATOR,
                    PathAttribute.LARGE_COMMUNITIES,
                    PathAttribute.ONLY_TO_CUSTOMER -> OPTIONAL | TRANSITIVE;
            default -> -1;
        };
    }

    private static void value(PathAttribute attribute, boolean fourOctetAs, Writer out) {
        if (attribute instanceof PathAttribute.Origin origin) {
            out.u8(origin.value());
        } else if (attribute instanceof AsPath path) {
            segments(path.segments(), fourOctetAs, out);
        } else if (attribute instanceof PathAttribute.As4Path path) {
            segments(path.segments(), true, out);
        } else if (attribute instanceof PathAttribute.NextHop hop) {
            out.address(hop.address());
        } else if (attribute instanceof PathAttribute.Med med) {
            out.u32(med.value());
        } else if (attribute instanceof PathAttribute.LocalPref pref) {
            out.u32(pref.value());
        } else if (attribute instanceof PathAttribute.Aggregator aggregator) {
            as(aggregator.as(), fourOctetAs, out).address(aggregator.speaker());
        } else if (attribute instanceof PathAttribute.As4Aggregator aggregator) {
            as(aggregator.as(), true, out).address(aggregator.speaker());
        } else {
            optionalValue(attribute, out);
        }
    }

    private static void optionalValue(PathAttribute attribute, Writer out) {
        if (attribute instanceof PathAttribute.Communities communities) {
            communities.values().forEach(community -> out.u32(community.value()));
        } else if (attribute instanceof PathAttribute.OriginatorId originator) {
            out.address(originator.identifier());
        } else if (attribute instanceof PathAttribute.ClusterList list) {
            list.clusters().forEach(out::address);
        } else if (attribute instanceof PathAttribute.ExtendedCommunities communities) {
            communities.values().forEach(out::u64);
        } else if (attribute instanceof PathAttribute.LargeCommunities communities) {
            communities.values().forEach(large -> out.u32(large.global())
                    .u32(large.local1())
                    .u32(large.local2()));
        } else if (attribute instanceof PathAttribute.OnlyToCustomer otc) {
            out.u32(otc.as());
        } else if (attribute instanceof PathAttribute.MpReach reach) {
            mpReachHead(reach, out);
            reach.routes().forEach(out::prefix);
        } else if (attribute instanceof PathAttribute.MpUnreach unreach) {
            out.u16(unreach.family().afi()).u8(unreach.family().safi());
            unreach.routes().forEach(out::prefix);
        } else if (attribute instanceof PathAttribute.Unknown unknown) {
            unknown.value().writeTo(out);
        }
    }

    /** The part of MP_REACH_NLRI before its routes: family, next hop, reserved byte. */
    private static void mpReachHead(PathAttribute.MpReach reach, Writer out) {
        out.u16(reach.family().afi()).u8(reach.family().safi());
        int hop = reach.nextHop().family().bytes();
        out.u8(reach.linkLocal().isPresent() ? hop * 2 : hop).address(reach.nextHop());
        reach.linkLocal().ifPresent(out::address);
        out.u8(0);
    }

    private static void segments(List<AsPath.Segment> segments, boolean fourOctetAs, Writer out) {
        for (AsPath.Segment segment : segments) {
            out.u8(segment.type()).u8(segment.numbers().size());
            segment.numbers().forEach(as -> as(as, fourOctetAs, out));
        }
    }

    private static Writer as(long as, boolean fourOctetAs, Writer out) {
        return fourOctetAs ? out.u32(as) : out.u16(as > MAX_AS16 ? Open.AS_TRANS : (int) as);
    }
}
