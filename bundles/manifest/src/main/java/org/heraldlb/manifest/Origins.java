package org.heraldlb.manifest;

import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.intent.ServiceIntent;

/** Tells whether two objects mean the same, wherever they were written. */
public final class Origins {

    private Origins() {}

    /** True when the two are equal but for their origins. */
    public static boolean sameMeaning(ConfigObject a, ConfigObject b) {
        return a.ref().equals(b.ref())
                && (a.equals(b) || withOrigin(a, b.origin()).equals(b));
    }

    /** The same object from somewhere else. */
    public static ConfigObject withOrigin(ConfigObject object, Origin origin) {
        return switch (object.ref().kind()) {
            case IP_ADDRESS_POOL -> pool((AddressPool) object, origin);
            case L2_ADVERTISEMENT -> l2((L2Advertisement) object, origin);
            case BGP_ADVERTISEMENT -> bgp((BgpAdvertisement) object, origin);
            case BGP_PEER -> peer((Peer) object, origin);
            case BFD_PROFILE -> bfd((BfdProfile) object, origin);
            case COMMUNITY -> new CommunityAliases(object.ref(), origin, ((CommunityAliases) object).values());
            case SERVICE -> service((ServiceIntent) object, origin);
            case ENDPOINT_SLICE ->
                new EndpointSlice(
                        object.ref(), origin, ((EndpointSlice) object).service(), ((EndpointSlice) object).endpoints());
            case NODE -> node((Node) object, origin);
            case NAMESPACE -> new Namespace(object.ref(), origin, ((Namespace) object).labels());
            case SECRET -> new Secret(object.ref(), origin, ((Secret) object).type(), ((Secret) object).data());
            case RESERVATION -> reservation((Reservation) object, origin);
            case NAMESPACE_QUOTA -> quota((NamespaceQuota) object, origin);
        };
    }

    private static ConfigObject pool(AddressPool o, Origin origin) {
        return new AddressPool(
                o.ref(),
                origin,
                o.labels(),
                o.entries(),
                o.autoAssign(),
                o.avoidBuggyIps(),
                o.serviceAllocation(),
                o.rules());
    }

    private static ConfigObject l2(L2Advertisement o, Origin origin) {
        return new L2Advertisement(
                o.ref(),
                origin,
                o.pools(),
                o.nodeSelectors(),
                o.interfaces(),
                o.serviceSelectors(),
                o.preferences(),
                o.ownership());
    }

    private static ConfigObject bgp(BgpAdvertisement o, Origin origin) {
        return new BgpAdvertisement(
                o.ref(),
                origin,
                o.pools(),
                o.nodeSelectors(),
                o.serviceSelectors(),
                o.peers(),
                o.aggregationLength(),
                o.aggregationLengthV6(),
                o.attributes());
    }

    private static ConfigObject peer(Peer o, Origin origin) {
        return new Peer(
                o.ref(), origin, o.nodeSelectors(), o.as(), o.endpoint(), o.timers(), o.authentication(), o.options());
    }

    private static ConfigObject bfd(BfdProfile o, Origin origin) {
        return new BfdProfile(
                o.ref(), origin, o.timing(), o.echoMode(), o.passiveMode(), o.minimumTtl(), o.authentication());
    }

    private static ConfigObject service(ServiceIntent o, Origin origin) {
        return new ServiceIntent(
                o.ref(),
                origin,
                o.labels(),
                o.type(),
                o.loadBalancerClass(),
                o.families(),
                o.request(),
                o.traffic(),
                o.held(),
                o.backing());
    }

    private static ConfigObject node(Node o, Origin origin) {
        return new Node(o.ref(), origin, o.labels(), o.networkUnavailable(), o.addresses());
    }

    private static ConfigObject reservation(Reservation o, Origin origin) {
        return new Reservation(o.ref(), origin, o.service(), o.addresses(), o.expires());
    }

    private static ConfigObject quota(NamespaceQuota o, Origin origin) {
        return new NamespaceQuota(o.ref(), origin, o.namespace(), o.maxAddresses());
    }
}
