package org.heraldlb.manifest.read;

import java.util.List;
import java.util.OptionalLong;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.BgpAdvertisement.Attributes;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CommunityText;

/** {@code BGPAdvertisement}. */
final class BgpAdvertisementReader {

    private static final long UINT32 = 0xffff_ffffL;
    private static final int MOST_COMMUNITIES = 63;
    private static final int MOST_PREPENDS = 16;

    private BgpAdvertisementReader() {}

    static ConfigObject read(Source source) {
        try (Fields spec = source.optionalSpec()) {
            int length = aggregation(spec, "aggregationLength", 32);
            int lengthV6 = aggregation(spec, "aggregationLengthV6", 128);
            PoolSelection pools = L2Reader.pools(spec);
            List<LabelSelector> nodes = Selectors.list(spec, "nodeSelectors");
            List<LabelSelector> services = Selectors.list(spec, "serviceSelectors");
            List<String> peers = spec.distinct("peers", Code.DUPLICATE_VALUE, "peer");
            Attributes attributes = attributes(spec, source.extended());
            if (!services.isEmpty() && (length != 32 || lengthV6 != 128)) {
                spec.findings()
                        .error(
                                Code.MUTUALLY_EXCLUSIVE,
                                spec.path("serviceSelectors"),
                                length + "/" + lengthV6,
                                "serviceSelectors and aggregation lengths other than 32 and 128 are mutually exclusive");
            }
            return new BgpAdvertisement(
                    source.ref(), source.origin(), pools, nodes, services, peers, length, lengthV6, attributes);
        }
    }

    private static int aggregation(Fields spec, String name, int most) {
        OptionalLong length = spec.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (length.isPresent() && (length.getAsLong() < 1 || length.getAsLong() > most)) {
            spec.findings()
                    .error(
                            Code.INVALID_AGGREGATION_LENGTH,
                            spec.path(name),
                            length.getAsLong(),
                            "invalid aggregation length " + length.getAsLong() + ": it is 1 to " + most);
            return most;
        }
        return (int) length.orElse(most);
    }

    private static Attributes attributes(Fields spec, boolean extended) {
        OptionalLong localPref = spec.integer("localPref", 0, UINT32);
        OptionalLong set = localPref.orElse(0) == 0 ? OptionalLong.empty() : localPref;
        List<String> communities = communities(spec);
        if (!extended) {
            return new Attributes(set, communities, OptionalLong.empty(), 0, Weighting.NONE);
        }
        OptionalLong med = spec.integer("med", 0, UINT32);
        int prepend = spec.small("prepend", 0, MOST_PREPENDS).orElse(0);
        Weighting weighting =
                spec.choice("weighting", Weighting.class, PoolReader::spelling).orElse(Weighting.NONE);
        return new Attributes(set, communities, med, prepend, weighting);
    }

    private static List<String> communities(Fields spec) {
        List<String> communities = spec.distinct("communities", Code.DUPLICATE_VALUE, "community");
        for (int i = 0; i < communities.size(); i++) {
            String text = communities.get(i);
            if (CommunityText.isLiteral(text)) {
                spec.convert(
                        Code.INVALID_COMMUNITY, spec.path("communities") + "[" + i + "]", text, CommunityText::parse);
            }
        }
        if (communities.size() > MOST_COMMUNITIES) {
            spec.findings()
                    .error(
                            Code.TOO_MANY_COMMUNITIES,
                            spec.path("communities"),
                            communities.size(),
                            "max supported communities is " + MOST_COMMUNITIES + ", got " + communities.size());
        }
        return communities;
    }
}
