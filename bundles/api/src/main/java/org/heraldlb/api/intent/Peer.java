package org.heraldlb.api.intent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.heraldlb.api.net.IpAddress;

/**
 * A configured BGP neighbour (MetalLB {@code BGPPeer}, v1beta2 meaning).
 *
 * @param ref kind {@link Kind#BGP_PEER}
 * @param origin where it comes from
 * @param nodeSelectors ORed; empty means that every node runs the session
 * @param as autonomous systems
 * @param endpoint where the neighbour is
 * @param timers absent ones take the announcer's defaults
 * @param authentication TCP MD5
 * @param options the rest
 */
public record Peer(
        ObjectRef ref,
        Origin origin,
        List<LabelSelector> nodeSelectors,
        As as,
        Endpoint endpoint,
        Timers timers,
        Authentication authentication,
        Options options)
        implements ConfigObject {

    /** A neighbour whose AS is learned from its OPEN. */
    public enum DynamicAs {
        INTERNAL,
        EXTERNAL
    }

    /**
     * @param myAsn 1 to 2^32-1
     * @param peerAsn exactly one of this and {@code dynamic} is present
     * @param dynamic any AS that is (not) ours
     * @param localAsn what the neighbour sees instead of {@code myAsn}
     */
    public record As(long myAsn, OptionalLong peerAsn, Optional<DynamicAs> dynamic, OptionalLong localAsn) {}

    /**
     * @param address exactly one of this and {@code linkInterface} is present
     * @param linkInterface unnumbered: the neighbour on the other end of this interface
     * @param source address to dial from
     * @param port TCP port, 1 to 65535
     * @param vrf name of a Linux VRF device
     * @param multihop true: more than one hop away
     */
    public record Endpoint(
            Optional<IpAddress> address,
            Optional<String> linkInterface,
            Optional<IpAddress> source,
            int port,
            Optional<String> vrf,
            boolean multihop) {}

    /**
     * @param hold whole seconds, 0 or at least 3
     * @param keepalive at most {@code hold}; absent beside a {@code hold}: a third of the negotiated hold time
     * @param connect connect retry, 1 to 65535 s
     */
    public record Timers(Optional<Duration> hold, Optional<Duration> keepalive, Optional<Duration> connect) {
        public static final Timers DEFAULT = new Timers(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param password given in the document
     * @param secret reference to a {@link Secret} of type {@code kubernetes.io/basic-auth}
     */
    public record Authentication(Optional<SecretValue> password, Optional<NamespacedName> secret) {
        public static final Authentication NONE = new Authentication(Optional.empty(), Optional.empty());
    }

    /**
     * @param routerId BGP identifier, IPv4
     * @param bfdProfile name of a {@link BfdProfile}
     * @param gracefulRestart RFC 4724 as restarting speaker
     * @param disableMp deprecated in MetalLB: only the family of the session's address
     * @param dualStackAddressFamily both families on this session
     * @param extensions {@code heraldlb.org/v1}
     */
    public record Options(
            Optional<IpAddress> routerId,
            Optional<String> bfdProfile,
            boolean gracefulRestart,
            boolean disableMp,
            boolean dualStackAddressFamily,
            Extensions extensions) {
        public static final Options DEFAULT =
                new Options(Optional.empty(), Optional.empty(), false, false, false, Extensions.NONE);
    }

    /** Role by RFC 9234. */
    public enum Role {
        PROVIDER,
        RS,
        RS_CLIENT,
        CUSTOMER,
        PEER
    }

    /**
     * Extensions of {@code heraldlb.org/v1}.
     *
     * @param passive true: never dial, wait for the neighbour
     * @param ttlSecurityHops GTSM (RFC 5082): the neighbour is at most this many hops away, 1 to 254
     * @param role RFC 9234
     * @param maxPrefixes how many received routes are kept for display
     * @param bfdMultihop whether BFD is multihop; empty means as the session is
     * @param bfdStrict no session while BFD is not up
     */
    public record Extensions(
            boolean passive,
            OptionalInt ttlSecurityHops,
            Optional<Role> role,
            OptionalInt maxPrefixes,
            Optional<Boolean> bfdMultihop,
            boolean bfdStrict) {
        public static final Extensions NONE =
                new Extensions(false, OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

        /** BFD that is not strict. */
        public Extensions(
                boolean passive,
                OptionalInt ttlSecurityHops,
                Optional<Role> role,
                OptionalInt maxPrefixes,
                Optional<Boolean> bfdMultihop) {
            this(passive, ttlSecurityHops, role, maxPrefixes, bfdMultihop, false);
        }
    }

    public Peer {
        nodeSelectors = List.copyOf(nodeSelectors);
    }
}
