package org.heraldlb.core.merge;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.Secret;

/** The parts of an intent that are made of checked objects. */
record IntentParts(Intent.Addressing addressing, Intent.Advertising advertising, Intent.Cluster cluster) {

    static final IntentParts EMPTY =
            new IntentParts(Intent.EMPTY.addressing(), Intent.EMPTY.advertising(), Intent.EMPTY.cluster());

    static IntentParts of(Collection<ConfigObject> objects) {
        return new IntentParts(addressing(objects), advertising(objects), cluster(objects));
    }

    /** The same values, where they are equal as the objects of {@code before}: readers compare by identity first. */
    IntentParts reusing(IntentParts before) {
        return new IntentParts(
                addressing.equals(before.addressing) ? before.addressing : addressing,
                advertising.equals(before.advertising) ? before.advertising : advertising,
                cluster.equals(before.cluster) ? before.cluster : cluster);
    }

    private static Intent.Addressing addressing(Collection<ConfigObject> objects) {
        return new Intent.Addressing(
                all(objects, AddressPool.class), all(objects, Reservation.class), all(objects, NamespaceQuota.class));
    }

    private static Intent.Advertising advertising(Collection<ConfigObject> objects) {
        SortedMap<String, String> communities = new TreeMap<>();
        all(objects, CommunityAliases.class).forEach(aliases -> aliases.values().forEach(communities::putIfAbsent));
        return new Intent.Advertising(
                all(objects, L2Advertisement.class),
                all(objects, BgpAdvertisement.class),
                all(objects, Peer.class),
                all(objects, BfdProfile.class),
                communities);
    }

    private static Intent.Cluster cluster(Collection<ConfigObject> objects) {
        Map<NamespacedName, Secret> secrets = new HashMap<>();
        all(objects, Secret.class).forEach(secret -> secrets.put(secret.ref().namespacedName(), secret));
        return new Intent.Cluster(byName(objects, Node.class), byName(objects, Namespace.class), secrets);
    }

    private static <T extends ConfigObject> SortedMap<String, T> byName(
            Collection<ConfigObject> objects, Class<T> type) {
        SortedMap<String, T> byName = new TreeMap<>();
        all(objects, type).forEach(object -> byName.put(object.name(), object));
        return byName;
    }

    private static <T extends ConfigObject> List<T> all(Collection<ConfigObject> objects, Class<T> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .sorted(Comparator.comparing(ConfigObject::ref))
                .toList();
    }
}
