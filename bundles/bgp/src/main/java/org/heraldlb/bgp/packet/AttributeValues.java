package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.bgp.packet.PathAttribute.AsPath;

/** Values of the attributes that hold no routes. */
final class AttributeValues {

    private static final int MAX_ORIGIN = 2;
    private static final int MAX_SEGMENT = 4;

    private AttributeValues() {}

    /** Reads one element of a list. */
    private interface Element<T> {
        T read(Reader in) throws BgpException;
    }

    /** @throws BgpException when the value is malformed; its NOTIFICATION is not meant to be sent */
    static PathAttribute read(int type, Reader in, boolean fourOctetAs) throws BgpException {
        return switch (type) {
            case PathAttribute.ORIGIN -> origin(in);
            case PathAttribute.AS_PATH -> new AsPath(segments(in, fourOctetAs));
            case PathAttribute.AS4_PATH -> new PathAttribute.As4Path(segments(in, true));
            case PathAttribute.NEXT_HOP -> new PathAttribute.NextHop(v4(in));
            case PathAttribute.MULTI_EXIT_DISC -> new PathAttribute.Med(in.u32("MED"));
            case PathAttribute.LOCAL_PREF -> new PathAttribute.LocalPref(in.u32("LOCAL_PREF"));
            case PathAttribute.ATOMIC_AGGREGATE -> new PathAttribute.AtomicAggregate();
            case PathAttribute.AGGREGATOR -> new PathAttribute.Aggregator(as(in, fourOctetAs), v4(in));
            case PathAttribute.AS4_AGGREGATOR -> new PathAttribute.As4Aggregator(as(in, true), v4(in));
            case PathAttribute.COMMUNITIES ->
                new PathAttribute.Communities(list(in, each -> new Community(each.i32("community"))));
            case PathAttribute.ORIGINATOR_ID -> new PathAttribute.OriginatorId(v4(in));
            case PathAttribute.CLUSTER_LIST -> new PathAttribute.ClusterList(list(in, AttributeValues::v4));
            case PathAttribute.EXTENDED_COMMUNITIES ->
                new PathAttribute.ExtendedCommunities(list(in, each -> each.i64("extended community")));
            case PathAttribute.LARGE_COMMUNITIES ->
                new PathAttribute.LargeCommunities(list(in, AttributeValues::large));
            default -> new PathAttribute.OnlyToCustomer(in.u32("AS"));
        };
    }

    private static PathAttribute origin(Reader in) throws BgpException {
        int value = in.u8("ORIGIN");
        if (value > MAX_ORIGIN) {
            throw new BgpException(BgpError.MALFORMED_ATTRIBUTE_LIST, "ORIGIN " + value);
        }
        return new PathAttribute.Origin(value);
    }

    private static IpAddress v4(Reader in) throws BgpException {
        return in.address(IpFamily.IPV4, "address");
    }

    private static LargeCommunity large(Reader in) throws BgpException {
        return new LargeCommunity(in.i32("global"), in.i32("local 1"), in.i32("local 2"));
    }

    /** RFC 7607 section 2: AS 0 makes AS_PATH, AGGREGATOR, AS4_PATH and AS4_AGGREGATOR malformed. */
    private static long as(Reader in, boolean fourOctetAs) throws BgpException {
        long as = fourOctetAs ? in.u32("AS") : in.u16("AS");
        if (as == 0) {
            throw new BgpException(BgpError.MALFORMED_ATTRIBUTE_LIST, "AS 0");
        }
        return as;
    }

    /** A list with nothing in it is malformed (RFC 7606 sections 7.8, 7.10 and 7.14, RFC 8092 section 5). */
    private static <T> List<T> list(Reader in, Element<T> element) throws BgpException {
        List<T> values = new ArrayList<>();
        do {
            values.add(element.read(in));
        } while (!in.isEmpty());
        return values;
    }

    /** RFC 7606 section 7.2. */
    private static List<AsPath.Segment> segments(Reader in, boolean fourOctetAs) throws BgpException {
        List<AsPath.Segment> segments = new ArrayList<>();
        while (!in.isEmpty()) {
            int type = in.u8("segment type");
            int count = in.u8("segment length");
            if (type < AsPath.SET || type > MAX_SEGMENT || count == 0) {
                throw new BgpException(
                        BgpError.MALFORMED_ATTRIBUTE_LIST, "a segment of type " + type + " with " + count + " numbers");
            }
            List<Long> numbers = new ArrayList<>(Math.min(count, in.remaining() / 2 + 1));
            for (int i = 0; i < count; i++) {
                numbers.add(as(in, fourOctetAs));
            }
            segments.add(new AsPath.Segment(type, numbers));
        }
        return segments;
    }
}
