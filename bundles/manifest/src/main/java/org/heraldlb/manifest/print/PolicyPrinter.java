package org.heraldlb.manifest.print;

import java.util.Locale;
import java.util.Optional;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AddressPool.Rules;
import org.heraldlb.api.intent.AddressPool.ServiceAllocation;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.AdvertisementPolicy;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.LabelSelector.Requirement;
import org.heraldlb.api.net.IpRange;
import org.heraldlb.manifest.read.GoDuration;

/** {@code spec} of pools and advertisements. */
final class PolicyPrinter {

    private PolicyPrinter() {}

    static Out pool(AddressPool pool) {
        Out spec = new Out()
                .list("addresses", pool.entries(), AddressPool.Entry::text)
                .putUnless(pool.autoAssign(), "autoAssign", false)
                .flag("avoidBuggyIPs", pool.avoidBuggyIps())
                .put("serviceAllocation", pool.serviceAllocation().map(PolicyPrinter::serviceAllocation));
        Rules rules = pool.rules();
        return spec.list("excluded", rules.excluded(), IpRange::toString)
                .putUnless(rules.strategy() == Strategy.LOWEST, "strategy", spelling(rules.strategy()))
                .putUnless(rules.releaseGrace().isZero(), "releaseGrace", GoDuration.print(rules.releaseGrace()));
    }

    private static Object serviceAllocation(ServiceAllocation allocation) {
        return new Out()
                .putUnless(allocation.priority() == 0, "priority", allocation.priority())
                .list("namespaces", allocation.namespaces())
                .list("namespaceSelectors", allocation.namespaceSelectors(), PolicyPrinter::selector)
                .list("serviceSelectors", allocation.serviceSelectors(), PolicyPrinter::selector)
                .fields();
    }

    static Object selector(LabelSelector selector) {
        return new Out()
                .map("matchLabels", selector.matchLabels())
                .list("matchExpressions", selector.matchExpressions(), PolicyPrinter::requirement)
                .fields();
    }

    private static Object requirement(Requirement requirement) {
        return new Out()
                .put("key", requirement.key())
                .put("operator", requirement.operator().text())
                .list("values", requirement.values())
                .fields();
    }

    private static Out common(AdvertisementPolicy policy) {
        return new Out()
                .list("ipAddressPools", policy.pools().names())
                .list("ipAddressPoolSelectors", policy.pools().selectors(), PolicyPrinter::selector)
                .list("nodeSelectors", policy.nodeSelectors(), PolicyPrinter::selector)
                .list("serviceSelectors", policy.serviceSelectors(), PolicyPrinter::selector);
    }

    static Out l2(L2Advertisement advertisement) {
        return common(advertisement)
                .list("interfaces", advertisement.interfaces())
                .list("preferredNodeSelectors", advertisement.preferences(), preference -> new Out()
                        .put("weight", preference.weight())
                        .put("preference", selector(preference.preference()))
                        .fields())
                .object("ownership", ownership(advertisement.ownership()));
    }

    private static Out ownership(Ownership ownership) {
        return new Out()
                .putUnless(ownership.mode() == Mode.AVAILABLE, "mode", spelling(ownership.mode()))
                .flag("sticky", ownership.sticky())
                .flag("spread", ownership.spread())
                .put("antiAffinityGroup", ownership.antiAffinityGroup())
                .putUnless(
                        ownership.conflictPolicy() == Ownership.METALLB.conflictPolicy(),
                        "conflictPolicy",
                        spelling(ownership.conflictPolicy()));
    }

    static Out bgp(BgpAdvertisement advertisement) {
        BgpAdvertisement.Attributes attributes = advertisement.attributes();
        Optional<String> weighting = Optional.of(attributes.weighting())
                .filter(value -> value != Weighting.NONE)
                .map(PolicyPrinter::spelling);
        return common(advertisement)
                .list("peers", advertisement.peers())
                .putUnless(
                        advertisement.aggregationLength() == 32, "aggregationLength", advertisement.aggregationLength())
                .putUnless(
                        advertisement.aggregationLengthV6() == 128,
                        "aggregationLengthV6",
                        advertisement.aggregationLengthV6())
                .put("localPref", attributes.localPref())
                .list("communities", attributes.communities())
                .put("med", attributes.med())
                .putUnless(attributes.prepend() == 0, "prepend", attributes.prepend())
                .put("weighting", weighting);
    }

    static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
