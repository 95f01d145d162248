package org.heraldlb.k8ssource.mirror;

/** The resources of the API that are watched. */
public enum Resource {
    NAMESPACES("", "v1", "Namespace", "namespaces", Scope.CLUSTER),
    NODES("", "v1", "Node", "nodes", Scope.CLUSTER),
    SERVICES("", "v1", "Service", "services", Scope.EVERYWHERE),
    ENDPOINT_SLICES("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", Scope.EVERYWHERE),
    SECRETS("", "v1", "Secret", "secrets", Scope.OWN),
    POOLS(Resource.METALLB, "v1beta1", "IPAddressPool", "ipaddresspools", Scope.OWN),
    L2_ADVERTISEMENTS(Resource.METALLB, "v1beta1", "L2Advertisement", "l2advertisements", Scope.OWN),
    BGP_ADVERTISEMENTS(Resource.METALLB, "v1beta1", "BGPAdvertisement", "bgpadvertisements", Scope.OWN),
    BGP_PEERS(Resource.METALLB, "v1beta2", "BGPPeer", "bgppeers", Scope.OWN),
    BFD_PROFILES(Resource.METALLB, "v1beta1", "BFDProfile", "bfdprofiles", Scope.OWN),
    COMMUNITIES(Resource.METALLB, "v1beta1", "Community", "communities", Scope.OWN),
    HERALD_POOLS(Resource.HERALD, "v1", "IPAddressPool", "heraldipaddresspools", Scope.OWN),
    HERALD_L2_ADVERTISEMENTS(Resource.HERALD, "v1", "L2Advertisement", "heraldl2advertisements", Scope.OWN),
    HERALD_BGP_ADVERTISEMENTS(Resource.HERALD, "v1", "BGPAdvertisement", "heraldbgpadvertisements", Scope.OWN),
    HERALD_BGP_PEERS(Resource.HERALD, "v1", "BGPPeer", "heraldbgppeers", Scope.OWN),
    HERALD_BFD_PROFILES(Resource.HERALD, "v1", "BFDProfile", "heraldbfdprofiles", Scope.OWN),
    HERALD_COMMUNITIES(Resource.HERALD, "v1", "Community", "heraldcommunities", Scope.OWN),
    RESERVATIONS(Resource.HERALD, "v1", "Reservation", "reservations", Scope.OWN),
    NAMESPACE_QUOTAS(Resource.HERALD, "v1", "NamespaceQuota", "namespacequotas", Scope.OWN);

    /** Which objects of a resource are watched. */
    public enum Scope {
        /** The resource has no namespaces. */
        CLUSTER,
        /** Those of all namespaces. */
        EVERYWHERE,
        /** Those of Herald's own namespace. */
        OWN
    }

    private static final String METALLB = "metallb.io";
    private static final String HERALD = "heraldlb.org";

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final Scope scope;

    Resource(String group, String version, String kind, String plural, Scope scope) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.scope = scope;
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String kind() {
        return kind;
    }

    public String plural() {
        return plural;
    }

    public Scope scope() {
        return scope;
    }

    /** As documents write it. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Where its objects are at the API server; {@code own} is Herald's namespace. */
    public String path(String own) {
        String base = group.isEmpty() ? "/api/" : "/apis/";
        String place = scope == Scope.OWN ? "/namespaces/" + own : "";
        return base + apiVersion() + place + "/" + plural;
    }

    /** As {@code kubectl} takes it: {@code services}, {@code bgppeers.metallb.io}. */
    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
