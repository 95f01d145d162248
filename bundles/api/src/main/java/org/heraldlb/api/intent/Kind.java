package org.heraldlb.api.intent;

/** The kinds of documents that Herald reads. A {@code heraldlb.org/v1} document of a MetalLB kind has the same kind. */
public enum Kind {
    IP_ADDRESS_POOL("IPAddressPool", false),
    L2_ADVERTISEMENT("L2Advertisement", false),
    BGP_ADVERTISEMENT("BGPAdvertisement", false),
    BGP_PEER("BGPPeer", false),
    BFD_PROFILE("BFDProfile", false),
    COMMUNITY("Community", false),
    SERVICE("Service", true),
    ENDPOINT_SLICE("EndpointSlice", true),
    NODE("Node", false),
    NAMESPACE("Namespace", false),
    SECRET("Secret", true),
    RESERVATION("Reservation", true),
    NAMESPACE_QUOTA("NamespaceQuota", false);

    private final String text;
    private final boolean namespaced;

    Kind(String text, boolean namespaced) {
        this.text = text;
        this.namespaced = namespaced;
    }

    /** The kind as documents write it. */
    public String text() {
        return text;
    }

    /**
     * True when two objects of one name in different namespaces are two objects. MetalLB's kinds are namespaced in
     * Kubernetes but read from one namespace only, so their name alone identifies them.
     */
    public boolean namespaced() {
        return namespaced;
    }
}
