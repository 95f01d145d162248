package org.heraldlb.bgp.rib;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.bgp.packet.AttributeWriter;
import org.heraldlb.bgp.packet.PathAttribute;
import org.heraldlb.bgp.packet.PathAttribute.AsPath;
import org.heraldlb.bgp.packet.Writer;

/** The attributes of our routes: those of the configuration and those that follow from the session, by type code. */
final class AttributeEncoder {

    private static final long DEFAULT_LOCAL_PREF = 100;
    private static final long MAX_AS16 = 0xffff;

    private final EncodingPolicy policy;

    AttributeEncoder(EncodingPolicy policy) {
        this.policy = policy;
    }

    /** @param nextHop true: NEXT_HOP is among them; false: it goes with MP_REACH_NLRI */
    byte[] encode(RouteAttributes attributes, boolean nextHop) {
        Writer out = new Writer(64);
        attributes(attributes, nextHop).forEach(each -> AttributeWriter.write(each, policy.fourOctetAs(), out));
        return out.toArray();
    }

    private List<PathAttribute> attributes(RouteAttributes wanted, boolean nextHop) {
        List<PathAttribute> list = new ArrayList<>();
        list.add(PathAttribute.Origin.IGP);
        List<AsPath.Segment> path = path(wanted.prepend());
        list.add(new AsPath(path));
        if (nextHop) {
            list.add(new PathAttribute.NextHop(policy.nextHops().v4().orElseThrow()));
        }
        wanted.med().ifPresent(med -> list.add(new PathAttribute.Med(med)));
        if (policy.internal()) {
            list.add(new PathAttribute.LocalPref(
                    policy.gracefulShutdown() ? 0 : wanted.localPref().orElse(DEFAULT_LOCAL_PREF)));
        }
        List<Community> communities = communities(wanted.communities());
        if (!communities.isEmpty()) {
            list.add(new PathAttribute.Communities(communities));
        }
        wanted.linkBandwidth()
                .ifPresent(bytesPerSecond -> list.add(new PathAttribute.ExtendedCommunities(
                        List.of(PathAttribute.ExtendedCommunities.linkBandwidth(policy.localAs(), bytesPerSecond)))));
        // RFC 6793 section 4.2.2: the real path, for those behind a peer that knows two octets only.
        if (!policy.fourOctetAs() && policy.localAs() > MAX_AS16 && !path.isEmpty()) {
            list.add(new PathAttribute.As4Path(path));
        }
        if (!wanted.largeCommunities().isEmpty()) {
            list.add(new PathAttribute.LargeCommunities(wanted.largeCommunities()));
        }
        if (policy.onlyToCustomer()) {
            list.add(new PathAttribute.OnlyToCustomer(policy.localAs()));
        }
        return list;
    }

    /** Once for us and as often as wanted more; within our own AS only what is wanted. */
    private List<AsPath.Segment> path(int prepend) {
        int count = policy.internal() ? 0 : 1 + prepend;
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(policy.localAs());
        }
        return numbers.isEmpty() ? List.of() : List.of(new AsPath.Segment(AsPath.SEQUENCE, numbers));
    }

    private List<Community> communities(List<Community> wanted) {
        if (!policy.gracefulShutdown() || wanted.contains(Community.GRACEFUL_SHUTDOWN)) {
            return wanted;
        }
        List<Community> all = new ArrayList<>(wanted);
        all.add(Community.GRACEFUL_SHUTDOWN);
        all.sort(null);
        return all;
    }
}
