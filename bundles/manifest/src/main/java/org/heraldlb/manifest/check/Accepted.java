package org.heraldlb.manifest.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.manifest.CrossCheckOptions.Mode;

/** The objects that were found consistent so far, by what the rules ask for. */
final class Accepted {

    private final Mode mode;
    private final Nodes nodes;
    private final TreeMap<ObjectRef, ConfigObject> objects = new TreeMap<>();
    private final Map<String, AddressPool> pools = new TreeMap<>();
    private final Map<String, BgpAdvertisement> advertisements = new TreeMap<>();
    private final Map<String, Peer> peers = new TreeMap<>();
    private final Map<String, BfdProfile> profiles = new TreeMap<>();
    private final Map<String, CommunityAliases> aliases = new TreeMap<>();
    private final TreeMap<IpAddress, Taken> taken = new TreeMap<>();
    private final Map<IpAddress, Reservation> reserved = new TreeMap<>();
    private final Map<String, NamespaceQuota> quotas = new TreeMap<>();

    /** Prefixes of pools do not overlap, so the start tells them apart. */
    record Taken(IpPrefix prefix, AddressPool pool) {}

    Accepted(Mode mode, Nodes nodes) {
        this.mode = mode;
        this.nodes = nodes;
    }

    Mode mode() {
        return mode;
    }

    Nodes nodes() {
        return nodes;
    }

    void add(ConfigObject object) {
        objects.put(object.ref(), object);
        switch (object.ref().kind()) {
            case IP_ADDRESS_POOL -> addPool((AddressPool) object);
            case BGP_ADVERTISEMENT -> advertisements.put(object.name(), (BgpAdvertisement) object);
            case BGP_PEER -> peers.put(object.name(), (Peer) object);
            case BFD_PROFILE -> profiles.put(object.name(), (BfdProfile) object);
            case COMMUNITY ->
                ((CommunityAliases) object)
                        .values()
                        .keySet()
                        .forEach(alias -> aliases.put(alias, (CommunityAliases) object));
            case RESERVATION ->
                ((Reservation) object).addresses().forEach(address -> reserved.put(address, (Reservation) object));
            case NAMESPACE_QUOTA -> quotas.put(((NamespaceQuota) object).namespace(), (NamespaceQuota) object);
            default -> {}
        }
    }

    private void addPool(AddressPool pool) {
        pools.put(pool.name(), pool);
        pool.entries().forEach(entry -> entry.prefixes()
                .forEach(prefix -> taken.put(prefix.address(), new Taken(prefix, pool))));
    }

    /** Takes back a peer, an advertisement, a profile or aliases; what depends on those is looked after by references. */
    void remove(ConfigObject object) {
        objects.remove(object.ref());
        peers.remove(object.name(), object);
        profiles.remove(object.name(), object);
        advertisements.remove(object.name(), object);
        aliases.values().removeIf(definer -> definer.equals(object));
    }

    boolean has(ConfigObject object) {
        return object.equals(objects.get(object.ref()));
    }

    Optional<ConfigObject> get(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    Collection<ConfigObject> objects() {
        return objects.values();
    }

    Collection<AddressPool> pools() {
        return pools.values();
    }

    Collection<BgpAdvertisement> advertisements() {
        return advertisements.values();
    }

    Collection<Peer> peers() {
        return peers.values();
    }

    Optional<BfdProfile> profile(String name) {
        return Optional.ofNullable(profiles.get(name));
    }

    Optional<BfdProfile> profile(Peer peer) {
        return peer.options().bfdProfile().flatMap(this::profile);
    }

    boolean hasEcho() {
        return profiles.values().stream().anyMatch(BfdProfile::echoMode);
    }

    Optional<CommunityAliases> definer(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    Optional<Taken> overlapping(IpPrefix prefix) {
        var below = taken.floorEntry(prefix.last());
        return below != null && below.getValue().prefix().overlaps(prefix)
                ? Optional.of(below.getValue())
                : Optional.empty();
    }

    Optional<Reservation> reservation(IpAddress address) {
        return Optional.ofNullable(reserved.get(address));
    }

    Optional<NamespaceQuota> quota(String namespace) {
        return Optional.ofNullable(quotas.get(namespace));
    }

    List<BgpAdvertisement> advertisements(AddressPool pool) {
        return advertisements.values().stream()
                .filter(advertisement -> advertisement.pools().selects(pool))
                .toList();
    }
}
