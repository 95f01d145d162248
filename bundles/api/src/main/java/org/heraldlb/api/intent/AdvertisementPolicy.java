package org.heraldlb.api.intent;

import java.util.List;

/** How the addresses of some pools are announced. */
public sealed interface AdvertisementPolicy extends ConfigObject permits L2Advertisement, BgpAdvertisement {

    PoolSelection pools();

    /** ORed; empty means every node. */
    List<LabelSelector> nodeSelectors();

    /** ORed; empty means every service. */
    List<LabelSelector> serviceSelectors();

    /**
     * Which pools: the union of names and selectors; both empty means all.
     *
     * @param names unknown names are ignored
     * @param selectors by the pools' labels
     */
    record PoolSelection(List<String> names, List<LabelSelector> selectors) {
        public static final PoolSelection ALL = new PoolSelection(List.of(), List.of());

        public PoolSelection {
            names = List.copyOf(names);
            selectors = List.copyOf(selectors);
        }

        public boolean selects(AddressPool pool) {
            if (names.isEmpty() && selectors.isEmpty()) {
                return true;
            }
            return names.contains(pool.name())
                    || selectors.stream().anyMatch(selector -> selector.matches(pool.labels()));
        }
    }
}
