package org.heraldlb.core.plan;

/** Why something is not announced, or how an owner was chosen. MetalLB's names where it has one. */
public final class Reasons {

    public static final String NOT_OWNER = "notOwner";
    public static final String NO_MATCHING_ADVERTISEMENT = "noMatchingAdvertisement";
    public static final String SHARED_WITH_SELECTOR = "sharedIPWithServiceSelector";
    public static final String CONFLICTING_ADVERTISEMENTS = "conflictingAdvertisements";
    public static final String NETWORK_UNAVAILABLE = "nodeNetworkUnavailable";
    public static final String EXCLUDED = "nodeLabeledExcludeBalancers";
    public static final String NO_LOCAL_ENDPOINTS = "noLocalEndpoints";
    public static final String NO_ENDPOINTS = "noEndpoints";
    public static final String NO_IP_ALLOCATED = "noIPAllocated";
    public static final String IP_NOT_ALLOWED = "ipNotAllowed";
    public static final String NOT_LOAD_BALANCER = "notLoadBalancer";

    /** Herald's own: the node is no alive member. */
    public static final String NOT_ALIVE = "notAlive";
    /** Herald's own: this node does not see the majority. */
    public static final String NO_QUORUM = "noQuorum";
    /** Herald's own: the service's health check does not pass on this node. */
    public static final String UNHEALTHY = "unhealthy";
    /** Herald's own: no advertised interface of the node is up and has carrier. */
    public static final String NO_INTERFACE = "noInterface";
    /** Herald's own: the node has no interface that is up and has carrier. */
    public static final String NO_CARRIER = "noCarrier";
    /** Herald's own: the node hands everything over. */
    public static final String DRAINING = "draining";
    /** Herald's own: the agreement names another owner than the one before it, which may still count somewhere. */
    public static final String AGREEMENT_CHANGING = "agreementChanging";
    /** Herald's own: the service names the nodes that serve it, and this is none of them. */
    public static final String NOT_LISTED = "notListed";
    /** Herald's own: this node is a shadow of another announcer, and the service is not taken over. */
    public static final String SHADOW = "shadow";
    /** Herald's own: nobody knows this node. */
    public static final String UNKNOWN_NODE = "unknownNode";

    /** The owner is the first by SHA-256. */
    public static final String BY_HASH = "hash";
    /** The owner has the best preference score; among equal ones it is the first by SHA-256. */
    public static final String PREFERRED = "preferred";
    /** The owner is the only candidate. */
    public static final String ONLY_CANDIDATE = "onlyCandidate";

    private Reasons() {}
}
