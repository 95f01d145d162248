package org.heraldlb.core.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.manifest.CommunityText;

/** Makes route attributes, equal ones as one object. Not thread-safe. */
final class Attributes {

    /** What one ready endpoint counts in the link bandwidth community: 1 Gbit/s, in bytes. */
    static final long BYTES_PER_ENDPOINT = 125_000_000L;

    /** MED of a node without endpoints, above the configured one; each endpoint takes one off. */
    static final long MED_RANGE = 1000;

    private static final long MAX_MED = 0xffff_ffffL;

    private final Map<RouteAttributes, RouteAttributes> interned = new HashMap<>();

    private RouteAttributes intern(RouteAttributes attributes) {
        RouteAttributes first = interned.putIfAbsent(attributes, attributes);
        return first == null ? attributes : first;
    }

    /** @param aliases literal by alias; an alias that is not there gives no community */
    RouteAttributes of(BgpAdvertisement policy, Map<String, String> aliases) {
        TreeSet<Community> standard = new TreeSet<>();
        TreeSet<LargeCommunity> large = new TreeSet<>();
        for (String written : policy.attributes().communities()) {
            String literal = aliases.getOrDefault(written, written);
            CommunityText.of(literal).ifPresent(text -> {
                text.standard().ifPresent(standard::add);
                text.large().ifPresent(large::add);
            });
        }
        return intern(new RouteAttributes(
                policy.attributes().localPref(),
                List.copyOf(standard),
                List.copyOf(large),
                policy.attributes().med(),
                policy.attributes().prepend(),
                OptionalLong.empty()));
    }

    /** The attributes of {@code ad} on a node with this many serving endpoints. */
    RouteAttributes weighted(BgpGroup.Ad ad, int endpoints) {
        RouteAttributes plain = ad.attributes();
        Weighting weighting = ad.policy().attributes().weighting();
        if (weighting == Weighting.NONE) {
            return plain;
        }
        boolean byMed = weighting == Weighting.MED;
        long base = plain.med().orElse(0);
        long med = Math.min(MAX_MED, base + MED_RANGE - Math.min(MED_RANGE, endpoints));
        return intern(new RouteAttributes(
                plain.localPref(),
                plain.communities(),
                plain.largeCommunities(),
                byMed ? OptionalLong.of(med) : plain.med(),
                plain.prepend(),
                byMed ? OptionalLong.empty() : OptionalLong.of(endpoints * BYTES_PER_ENDPOINT)));
    }

    /** One route from two advertisements: communities of both, the rest of the first, as MetalLB does it. */
    RouteAttributes merge(RouteAttributes first, RouteAttributes second) {
        if (first == second) {
            return first;
        }
        return intern(new RouteAttributes(
                first.localPref(),
                union(first.communities(), second.communities()),
                union(first.largeCommunities(), second.largeCommunities()),
                first.med(),
                first.prepend(),
                first.linkBandwidth()));
    }

    private static <T extends Comparable<T>> List<T> union(List<T> left, List<T> right) {
        TreeSet<T> both = new TreeSet<>(left);
        both.addAll(right);
        return List.copyOf(both);
    }
}
