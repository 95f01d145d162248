package org.heraldlb.manifest;

/**
 * The stable codes of the problems that this library reports; {@code docs/problems.md} explains each. A code never
 * changes its meaning and is never used again for another.
 */
public enum Code {
    // Text that is no document
    INVALID_SYNTAX("invalidSyntax"),
    DUPLICATE_KEY("duplicateKey"),
    NESTING_TOO_DEEP("nestingTooDeep"),
    DOCUMENT_TOO_LARGE("documentTooLarge"),
    TOO_MANY_ALIASES("tooManyAliases"),
    UNKNOWN_TAG("unknownTag"),
    TOO_MANY_PROBLEMS("tooManyProblems"),

    // Documents of the wrong shape
    NOT_AN_OBJECT("notAnObject"),
    UNKNOWN_KIND("unknownKind"),
    UNKNOWN_VERSION("unknownVersion"),
    UNKNOWN_FIELD("unknownField"),
    MISSING_FIELD("missingField"),
    WRONG_TYPE("wrongType"),
    OUT_OF_RANGE("outOfRange"),
    UNKNOWN_VALUE("unknownValue"),
    INVALID_NAME("invalidName"),
    WRONG_NAMESPACE("wrongNamespace"),
    INVALID_ADDRESS("invalidAddress"),
    INVALID_DURATION("invalidDuration"),
    INVALID_TIME("invalidTime"),
    INVALID_SELECTOR("invalidSelector"),
    DUPLICATE_SELECTOR("duplicateSelector"),
    DUPLICATE_VALUE("duplicateValue"),
    MUTUALLY_EXCLUSIVE("mutuallyExclusive"),

    // Pools
    NO_ADDRESSES("noAddresses"),
    INVALID_CIDR("invalidCidr"),
    INVALID_RANGE("invalidRange"),
    MIXED_FAMILY_RANGE("mixedFamilyRange"),
    OVERLAPPING_PREFIX("overlappingPrefix"),

    // Advertisements and communities
    INVALID_AGGREGATION_LENGTH("invalidAggregationLength"),
    INVALID_COMMUNITY("invalidCommunity"),
    TOO_MANY_COMMUNITIES("tooManyCommunities"),
    DUPLICATE_ALIAS("duplicateAlias"),
    UNKNOWN_COMMUNITY("unknownCommunity"),
    CONFLICTING_LOCAL_PREF("conflictingLocalPref"),

    // Peers
    INVALID_PEER_ADDRESS("invalidPeerAddress"),
    INVALID_ASN("invalidAsn"),
    INVALID_ROUTER_ID("invalidRouterId"),
    INVALID_HOLD_TIME("invalidHoldTime"),
    INVALID_KEEPALIVE_TIME("invalidKeepaliveTime"),
    INVALID_CONNECT_TIME("invalidConnectTime"),
    MULTIHOP_IBGP("multihopIbgp"),
    MISSING_BFD_PROFILE("missingBfdProfile"),
    MISSING_SECRET("missingSecret"),
    INVALID_SECRET("invalidSecret"),
    BFD_ECHO_IPV6("bfdEchoIpv6"),
    CONFLICTING_PEERS("conflictingPeers"),
    UNSUPPORTED("unsupported"),

    // Several documents
    DUPLICATE_DEFINITION("duplicateDefinition"),

    // What a service asks for
    CONFLICTING_ADDRESS_REQUESTS("conflictingAddressRequests"),
    INVALID_REQUESTED_ADDRESS("invalidRequestedAddress"),
    UNKNOWN_CLUSTER_IP_FAMILY("unknownClusterIpFamily"),

    // Warnings about documents
    DEPRECATED_ANNOTATION("deprecatedAnnotation"),
    DEPRECATED_FIELD("deprecatedField"),
    IGNORED_FIELD("ignoredField"),

    // Warnings about the whole
    UNALIGNED_CIDR("unalignedCidr"),
    NETWORK_ADDRESS_IN_POOL("networkAddressInPool"),
    NODE_ADDRESS_IN_POOL("nodeAddressInPool"),
    PEER_ADDRESS_IN_POOL("peerAddressInPool"),
    EXCLUDED_OUTSIDE_POOL("excludedOutsidePool"),
    EMPTY_POOL("emptyPool"),
    POOL_NOT_ADVERTISED("poolNotAdvertised"),
    UNKNOWN_POOL("unknownPool"),
    UNKNOWN_PEER("unknownPeer"),
    SELECTS_NO_POOL("selectsNoPool"),
    SELECTS_NO_NODE("selectsNoNode"),
    SELECTS_NO_SERVICE("selectsNoService"),
    SELECTS_NO_NAMESPACE("selectsNoNamespace"),
    NO_PEERS("noPeers"),
    PEER_MATCHES_NO_NODE("peerMatchesNoNode"),
    SAME_PEER_TWICE("samePeerTwice"),
    RESERVED_OUTSIDE_POOLS("reservedOutsidePools");

    private final String text;

    Code(String text) {
        this.text = text;
    }

    /** The code as problems carry it. */
    public String text() {
        return text;
    }
}
