package org.heraldlb.k8ssource.mirror;

/** The resources of the API that are watched. */
public enum Resource {
    NAMESPACES("", "v1", "Namespace", "namespaces", Scope.CLUSTER),
    NODES("", "v1", "Node", "nodes", Scope.CLUSTER),
    SERVICES("", "v1", "Service", "services", Scope.EVERYWHERE),
    ENDPOINT_SLICES("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", Scope.EVERYWHERE),
    SECRETS("", "v1", "Secret", "secrets", Scope.OWN),
    POOLS(ResourceType.METALLB, "v1beta1", "IPAddressPool", "ipaddresspools", Scope.OWN),
    L2_ADVERTISEMENTS(ResourceType.METALLB, "v1beta1", "L2Advertisement", "l2advertisements", Scope.OWN),
    BGP_ADVERTISEMENTS(ResourceType.METALLB, "v1beta1", "BGPAdvertisement", "bgpadvertisements", Scope.OWN),
    BGP_PEERS(ResourceType.METALLB, "v1beta2", "BGPPeer", "bgppeers", Scope.OWN),
    BFD_PROFILES(ResourceType.METALLB, "v1beta1", "BFDProfile", "bfdprofiles", Scope.OWN),
    COMMUNITIES(ResourceType.METALLB, "v1beta1", "Community", "communities", Scope.OWN),
    HERALD_POOLS(ResourceType.HERALD, "v1", "IPAddressPool", "heraldipaddresspools", Scope.OWN),
    HERALD_L2_ADVERTISEMENTS(ResourceType.HERALD, "v1", "L2Advertisement", "heraldl2advertisements", Scope.OWN),
    HERALD_BGP_ADVERTISEMENTS(ResourceType.HERALD, "v1", "BGPAdvertisement", "heraldbgpadvertisements", Scope.OWN),
    HERALD_BGP_PEERS(ResourceType.HERALD, "v1", "BGPPeer", "heraldbgppeers", Scope.OWN),
    HERALD_BFD_PROFILES(ResourceType.HERALD, "v1", "BFDProfile", "heraldbfdprofiles", Scope.OWN),
    HERALD_COMMUNITIES(ResourceType.HERALD, "v1", "Community", "heraldcommunities", Scope.OWN),
    RESERVATIONS(ResourceType.HERALD, "v1", "Reservation", "reservations", Scope.OWN),
    NAMESPACE_QUOTAS(ResourceType.HERALD, "v1", "NamespaceQuota", "namespacequotas", Scope.OWN);

    /** Which objects of a resource are watched. */
    public enum Scope {
        /** The resource has no namespaces. */
        CLUSTER,
        /** Those of all namespaces. */
        EVERYWHERE,
        /** Those of Herald's own namespace. */
        OWN
    }

    private final ResourceType type;
    private final Scope scope;

    Resource(String group, String version, String kind, String plural, Scope scope) {
        this.type = new ResourceType(group, version, kind, plural);
        this.scope = scope;
    }

    public ResourceType type() {
        return type;
    }

    public String group() {
        return type.group();
    }

    public String kind() {
        return type.kind();
    }

    public Scope scope() {
        return scope;
    }

    /** Its kind is defined in the cluster, or not: the others are always there. */
    public boolean isCustom() {
        return group().equals(ResourceType.METALLB) || group().equals(ResourceType.HERALD);
    }

    /** What operators configure Herald with, as against what the cluster is made of. */
    public boolean isConfiguration() {
        return scope == Scope.OWN && this != SECRETS;
    }

    public String apiVersion() {
        return type.apiVersion();
    }

    /** Where its objects are at the API server; {@code own} is Herald's namespace. */
    public String path(String own) {
        String base = type.group().isEmpty() ? "/api/" : "/apis/";
        String place = scope == Scope.OWN ? "/namespaces/" + own : "";
        return base + apiVersion() + place + "/" + type.plural();
    }

    /** As {@code kubectl} takes it: {@code services}, {@code bgppeers.metallb.io}. */
    @Override
    public String toString() {
        return type.toString();
    }
}
