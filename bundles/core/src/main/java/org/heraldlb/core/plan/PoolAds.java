package org.heraldlb.core.plan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AdvertisementPolicy;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.net.IpFamily;

/** One pool and the advertisements that select it. Groups are made when first asked for, on the planner's thread only. */
final class PoolAds {

    final AddressPool pool;
    private final List<L2Group.Ad> l2;
    private final List<BgpGroup.Ad> bgp;
    private final BitSet bgpCovered = new BitSet();
    private final List<IpFamily> families;
    private final KnownNodes known;
    private final boolean held;
    private final Map<BitSet, L2Group> l2Groups = new HashMap<>();
    private final Map<BitSet, BgpGroup> bgpGroups = new HashMap<>();
    private final boolean selective;
    private L2Group lastL2;
    private BgpGroup lastBgp;

    PoolAds(AddressPool pool, List<L2Group.Ad> l2, List<BgpGroup.Ad> bgp, KnownNodes known, boolean held) {
        this.pool = pool;
        this.l2 = l2;
        this.bgp = bgp;
        this.known = known;
        this.held = held;
        this.families = BgpGroup.families(pool);
        bgp.forEach(ad -> bgpCovered.or(ad.nodes()));
        selective = l2.stream().anyMatch(ad -> selective(ad.policy()))
                || bgp.stream().anyMatch(ad -> selective(ad.policy()));
    }

    private static boolean selective(AdvertisementPolicy policy) {
        return !policy.serviceSelectors().isEmpty();
    }

    /** The layer-2 advertisements for a service with these labels, null when the pool has none at all. */
    L2Group l2(Map<String, String> serviceLabels) {
        if (l2.isEmpty()) {
            return null;
        }
        if (selective || lastL2 == null) {
            BitSet key = matching(l2.size(), at -> l2.get(at).policy(), serviceLabels);
            lastL2 = l2Groups.computeIfAbsent(key, wanted -> new L2Group(pick(l2, wanted), known, held));
        }
        return lastL2;
    }

    /** The BGP advertisements for a service with these labels, null when the pool has none at all. */
    BgpGroup bgp(Map<String, String> serviceLabels) {
        if (bgp.isEmpty()) {
            return null;
        }
        if (selective || lastBgp == null) {
            BitSet key = matching(bgp.size(), at -> bgp.get(at).policy(), serviceLabels);
            lastBgp = bgpGroups.computeIfAbsent(key, wanted -> new BgpGroup(pick(bgp, wanted), bgpCovered, families));
        }
        return lastBgp;
    }

    private static BitSet matching(int count, IntFunction<AdvertisementPolicy> policy, Map<String, String> labels) {
        BitSet matching = new BitSet(count);
        for (int i = 0; i < count; i++) {
            matching.set(i, LabelSelector.anyMatches(policy.apply(i).serviceSelectors(), labels));
        }
        return matching;
    }

    private static <T> List<T> pick(List<T> all, BitSet wanted) {
        return wanted.stream().mapToObj(all::get).toList();
    }
}
