package org.heraldlb.api.bgp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All about one session at one moment, for {@code bgp:peer} and {@code bgp:doctor}.
 *
 * @param status as in the announcer's status
 * @param disabled why the operator wants no session; present while that holds
 * @param transport what the TCP connection needs
 * @param timers running ones by RFC name ({@code HoldTimer}, {@code ConnectRetryTimer}, ...): milliseconds until they fire
 * @param capabilities both ways
 * @param failures why the session is not up, or last was not
 * @param counts messages and flaps since the peer was configured
 */
public record BgpPeerDetail(
        SessionStatus status,
        Optional<String> disabled,
        Transport transport,
        Map<String, Long> timers,
        Capabilities capabilities,
        Failures failures,
        Counts counts) {

    /**
     * @param passive true: we never dial
     * @param md5 true: a key is configured (RFC 2385)
     * @param minimumTtl of what arrives (RFC 5082), when that is wanted
     * @param multihop true: the peer may be more than one hop away
     * @param listening true: the peer may dial us
     */
    public record Transport(
            boolean passive, boolean md5, OptionalLong minimumTtl, boolean multihop, boolean listening) {}

    /**
     * Empty lists while no OPEN went that way.
     *
     * @param sent what we offer, one text each
     * @param received what the peer offers
     */
    public record Capabilities(List<String> sent, List<String> received) {
        public static final Capabilities NONE = new Capabilities(List.of(), List.of());

        public Capabilities {
            sent = List.copyOf(sent);
            received = List.copyOf(received);
        }
    }

    /**
     * A NOTIFICATION (RFC 4271 section 4.5).
     *
     * @param code error code, 1 to 8
     * @param subcode 0 to 255
     * @param text for people, with the shutdown text when there is one
     * @param when it went over the wire, wall clock, for display
     */
    public record Message(int code, int subcode, String text, Instant when) {}

    /**
     * @param sent the last NOTIFICATION of ours
     * @param received the peer's last
     * @param lastDrop why an established session last ended, empty when none did
     * @param lastAttempt why the last attempt since then failed, empty when none did
     * @param attempt what kind of failure that was
     */
    public record Failures(
            Optional<Message> sent, Optional<Message> received, String lastDrop, String lastAttempt, Attempt attempt) {
        public static final Failures NONE = new Failures(Optional.empty(), Optional.empty(), "", "", Attempt.NONE);
    }

    /** How far the last failed attempt got. */
    public enum Attempt {
        /** None failed. */
        NONE,
        /** A TCP reset answered: nobody listens there, or a firewall rejects. */
        REFUSED,
        /** The kernel knows no way, or a router on the way said so. */
        UNREACHABLE,
        /** Nobody answered the SYN. */
        TIMED_OUT,
        /** Our own side could not dial: the address, the device or the permission is missing. */
        LOCAL,
        /** The connection was made, and the peer closed it before its OPEN. */
        HUNG_UP,
        /** The peer went silent in the middle of the exchange. */
        SILENT,
        /** A NOTIFICATION of the peer's ended it. */
        NOTIFIED,
        /** We refused what the peer said. */
        REJECTED,
        /** Another connection with the peer won. */
        COLLISION,
        /** Something else; the text tells. */
        OTHER
    }

    /**
     * @param sent messages by type ({@code open}, {@code update}, {@code notification}, {@code keepalive},
     *     {@code routeRefresh})
     * @param received likewise
     * @param established how often the session came up
     * @param flaps how often it went down from there
     * @param attempts how often we dialled
     */
    public record Counts(
            Map<String, Long> sent, Map<String, Long> received, long established, long flaps, long attempts) {
        public static final Counts NONE = new Counts(Map.of(), Map.of(), 0, 0, 0);

        public Counts {
            sent = Map.copyOf(sent);
            received = Map.copyOf(received);
        }
    }

    public BgpPeerDetail {
        timers = Map.copyOf(timers);
    }
}
