package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.L2Advertisement.NodePreference;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.manifest.Code;

/** {@code L2Advertisement}. */
final class L2Reader {

    private L2Reader() {}

    static ConfigObject read(Source source) {
        try (Fields spec = source.optionalSpec()) {
            PoolSelection pools = pools(spec);
            List<LabelSelector> nodes = Selectors.list(spec, "nodeSelectors");
            List<String> interfaces = spec.texts("interfaces");
            List<LabelSelector> services = Selectors.list(spec, "serviceSelectors");
            List<NodePreference> preferences = preferences(spec);
            Ownership ownership = OwnershipReader.read(source, spec);
            return new L2Advertisement(
                    source.ref(), source.origin(), pools, nodes, interfaces, services, preferences, ownership);
        }
    }

    /** What L2 and BGP advertisements say about pools in the same words. */
    static PoolSelection pools(Fields spec) {
        return new PoolSelection(
                spec.distinct("ipAddressPools", Code.DUPLICATE_VALUE, "ipAddressPool"),
                Selectors.list(spec, "ipAddressPoolSelectors"));
    }

    private static List<NodePreference> preferences(Fields spec) {
        List<NodePreference> preferences = new ArrayList<>();
        for (Fields one : spec.objects("preferredNodeSelectors")) {
            try (one) {
                if (!one.has("weight")) {
                    one.missing("weight", "a preference has a weight of 1 to 100");
                }
                if (!one.has("preference")) {
                    one.missing("preference", "a preference has a label selector, {} for every node");
                }
                int weight = one.small("weight", 1, 100).orElse(1);
                preferences.add(new NodePreference(weight, Selectors.one(one.child("preference"))));
            }
        }
        return preferences;
    }
}
