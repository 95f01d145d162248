package org.heraldlb.testkit;

import java.util.List;
import java.util.OptionalLong;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.BgpAdvertisement.Attributes;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.ObjectRef;

/** Builds a {@link BgpAdvertisement}; see {@link Intents#bgp}. */
public final class BgpBuilder {

    private final String name;
    private PoolSelection pools = PoolSelection.ALL;
    private List<LabelSelector> nodeSelectors = List.of();
    private List<LabelSelector> serviceSelectors = List.of();
    private List<String> peers = List.of();
    private int aggregationLength = 32;
    private int aggregationLengthV6 = 128;
    private Attributes attributes = Attributes.NONE;

    BgpBuilder(String name) {
        this.name = name;
    }

    /** Selects pools by name. */
    public BgpBuilder pools(String... names) {
        pools = new PoolSelection(List.of(names), pools.selectors());
        return this;
    }

    public BgpBuilder poolSelectors(LabelSelector... selectors) {
        pools = new PoolSelection(pools.names(), List.of(selectors));
        return this;
    }

    public BgpBuilder nodeSelectors(LabelSelector... selectors) {
        nodeSelectors = List.of(selectors);
        return this;
    }

    public BgpBuilder serviceSelectors(LabelSelector... selectors) {
        serviceSelectors = List.of(selectors);
        return this;
    }

    public BgpBuilder peers(String... names) {
        peers = List.of(names);
        return this;
    }

    public BgpBuilder aggregationLength(int length) {
        aggregationLength = length;
        return this;
    }

    public BgpBuilder aggregationLengthV6(int length) {
        aggregationLengthV6 = length;
        return this;
    }

    public BgpBuilder localPref(long value) {
        return attributes(new Attributes(
                OptionalLong.of(value),
                attributes.communities(),
                attributes.med(),
                attributes.prepend(),
                attributes.weighting()));
    }

    /** Literals and aliases. */
    public BgpBuilder communities(String... values) {
        return attributes(new Attributes(
                attributes.localPref(),
                List.of(values),
                attributes.med(),
                attributes.prepend(),
                attributes.weighting()));
    }

    public BgpBuilder attributes(Attributes value) {
        attributes = value;
        return this;
    }

    public BgpAdvertisement build() {
        return new BgpAdvertisement(
                ObjectRef.of(Kind.BGP_ADVERTISEMENT, name),
                Intents.ORIGIN,
                pools,
                nodeSelectors,
                serviceSelectors,
                peers,
                aggregationLength,
                aggregationLengthV6,
                attributes);
    }
}
