package org.heraldlb.testkit;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.L2Advertisement.NodePreference;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.ObjectRef;

/** Builds an {@link L2Advertisement}; see {@link Intents#l2}. */
public final class L2Builder {

    private final String name;
    private PoolSelection pools = PoolSelection.ALL;
    private List<LabelSelector> nodeSelectors = List.of();
    private List<String> interfaces = List.of();
    private List<LabelSelector> serviceSelectors = List.of();
    private final List<NodePreference> preferences = new ArrayList<>();
    private Ownership ownership = Ownership.METALLB;

    L2Builder(String name) {
        this.name = name;
    }

    /** Selects pools by name. */
    public L2Builder pools(String... names) {
        pools = new PoolSelection(List.of(names), pools.selectors());
        return this;
    }

    public L2Builder poolSelectors(LabelSelector... selectors) {
        pools = new PoolSelection(pools.names(), List.of(selectors));
        return this;
    }

    public L2Builder nodeSelectors(LabelSelector... selectors) {
        nodeSelectors = List.of(selectors);
        return this;
    }

    public L2Builder interfaces(String... names) {
        interfaces = List.of(names);
        return this;
    }

    public L2Builder serviceSelectors(LabelSelector... selectors) {
        serviceSelectors = List.of(selectors);
        return this;
    }

    /** Adds a preference for nodes with these labels. */
    public L2Builder prefers(int weight, String... labels) {
        preferences.add(new NodePreference(weight, Intents.selector(labels)));
        return this;
    }

    public L2Builder ownership(Ownership value) {
        ownership = value;
        return this;
    }

    public L2Advertisement build() {
        return new L2Advertisement(
                ObjectRef.of(Kind.L2_ADVERTISEMENT, name),
                Intents.ORIGIN,
                pools,
                nodeSelectors,
                interfaces,
                serviceSelectors,
                preferences,
                ownership);
    }
}
