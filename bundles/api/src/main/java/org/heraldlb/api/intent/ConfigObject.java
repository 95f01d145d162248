package org.heraldlb.api.intent;

/** One object of the intent. Identity is {@link #ref()}; two objects of one identity from two sources are a problem. */
public sealed interface ConfigObject
        permits AddressPool,
                AdvertisementPolicy,
                Peer,
                BfdProfile,
                CommunityAliases,
                ServiceIntent,
                EndpointSlice,
                Node,
                Namespace,
                Secret,
                Reservation,
                NamespaceQuota {

    ObjectRef ref();

    Origin origin();

    default String name() {
        return ref().name();
    }
}
