package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.member.MemberSnapshot.Agreement;

/** All that services have in common: nodes, pools, and which advertisements select which pool. */
final class Topology {

    final KnownNodes nodes;
    final Attributes attributes = new Attributes();
    private final PlanInput input;
    private final SortedSet<String> listedHosts;
    private final List<BgpGroup.Ad> bgp;
    private final Map<String, PoolAds> pools = new HashMap<>();

    Topology(PlanInput input, SortedSet<String> listedHosts) {
        this.input = input.common();
        this.listedHosts = listedHosts;
        this.nodes = new KnownNodes(input, listedHosts);
        Intent.Advertising advertising = input.intent().advertising();
        List<L2Group.Ad> l2 = advertising.l2().stream()
                .map(policy -> L2Group.Ad.of(policy, nodes))
                .toList();
        bgp = List.copyOf(bgpAds(advertising));
        for (AddressPool pool : input.intent().addressing().pools()) {
            pools.put(pool.name(), poolAds(pool, l2));
        }
    }

    private List<BgpGroup.Ad> bgpAds(Intent.Advertising advertising) {
        List<BgpGroup.Ad> ads = new ArrayList<>();
        for (BgpAdvertisement policy : advertising.bgp()) {
            ads.add(new BgpGroup.Ad(
                    ads.size(),
                    policy,
                    nodes.matching(policy.nodeSelectors()),
                    attributes.of(policy, advertising.communities())));
        }
        return ads;
    }

    private PoolAds poolAds(AddressPool pool, List<L2Group.Ad> l2) {
        return new PoolAds(
                pool,
                l2.stream().filter(ad -> ad.policy().pools().selects(pool)).toList(),
                bgp.stream().filter(ad -> ad.policy().pools().selects(pool)).toList(),
                nodes,
                input.liveness().agreement().map(Agreement::held).orElse(true));
    }

    /** All of them, by name. */
    List<BgpGroup.Ad> bgpAds() {
        return bgp;
    }

    /** Null when there is no such pool. */
    PoolAds pool(String name) {
        return pools.get(name);
    }

    /** Some advertisement asks for sticky ownership. */
    boolean hasSticky() {
        return intent().advertising().l2().stream()
                .anyMatch(ad -> ad.ownership().sticky());
    }

    /** Somebody says who is alive. */
    boolean knowsMembers() {
        return input.liveness().alive().isPresent();
    }

    /** Nodes agree upon who is there. */
    boolean isAgreed() {
        return input.liveness().agreement().isPresent();
    }

    Intent intent() {
        return input.intent();
    }

    PlanOptions options() {
        return input.options();
    }

    /** Whether this topology is also that of {@code next}: everything that is not about single services is the same. */
    boolean serves(PlanInput next, SortedSet<String> nextHosts) {
        Intent mine = input.intent();
        Intent others = next.intent();
        return same(mine.advertising(), others.advertising())
                && same(mine.addressing().pools(), others.addressing().pools())
                && same(mine.cluster().nodes(), others.cluster().nodes())
                && same(mine.cluster().secrets(), others.cluster().secrets())
                && input.liveness().hasCandidatesOf(next.liveness())
                && same(input.options(), next.options())
                && input.self().node().equals(next.self().node())
                && same(input.self().labels(), next.self().labels())
                && listedHosts.equals(nextHosts);
    }

    private static boolean same(Object left, Object right) {
        return left == right || left.equals(right);
    }
}
