package org.heraldlb.view;

import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.bgp.BgpPeerDetail.Attempt;
import org.heraldlb.api.bgp.BgpPeerDetail.Failures;
import org.heraldlb.api.bgp.BgpPeerDetail.Message;

/** What a NOTIFICATION (RFC 4271 section 6, RFC 4486) that keeps a session down mostly means, and what to do. */
final class BgpVerdict {

    private static final int HEADER = 1;
    private static final int UPDATE = 3;
    private static final int FSM = 5;
    private static final int CEASE = 6;
    private static final int HARD_RESET = 9;

    /** By code and subcode: advice when the peer said it; {@code %s} is our AS. */
    private static final Map<String, String> THEIRS = Map.ofEntries(
            Map.entry("2/1", "it does not speak version 4 of BGP: is this a router?"),
            Map.entry("2/2", "it expects another AS than %s from us: compare its remote-as with myASN or localASN"),
            Map.entry("2/3", "our BGP identifier is in use there, or 0: set routerID"),
            Map.entry("2/4", "it does not take options in OPEN: its software is too old"),
            Map.entry("2/6", "it wants another hold time: set holdTime to what it takes"),
            Map.entry("2/7", "it wants an address family or capability that we do not offer: compare both"),
            Map.entry("2/11", "the roles (RFC 9234) do not fit: provider meets customer, peer meets peer"),
            Map.entry("4/0", "our keepalives did not reach it in time: look for loss and for a busy node"),
            Map.entry("6/1", "its limit of routes from us is reached; some routers stay down until cleared by hand"),
            Map.entry("6/2", "its operator shut the session down: ask there"),
            Map.entry("6/3", "its operator removed us: ask there"),
            Map.entry("6/4", "its operator reset the session: it should come back"),
            Map.entry("6/5", "it takes no connection from us: listen range, neighbour limit, or a session of ours"),
            Map.entry("6/6", "its configuration changed: it should come back"),
            Map.entry("6/8", "it has no resources left: ask there"),
            Map.entry("6/10", "BFD failed as it sees it: bfd:doctor tells more"));

    /** By code and subcode: advice when we said it. */
    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("2/1", "it does not speak version 4 of BGP: is this a router?"),
            Map.entry("2/2", "set peerASN to the AS that it says, or correct the router; ours is %s"),
            Map.entry("2/3", "it has the BGP identifier that we have, or 0: set routerID here or there"),
            Map.entry("2/6", "it offers a hold time of 1 or 2 s: raise it there"),
            Map.entry(
                    "2/7",
                    "it offers none of our address families: activate ours there, or set dualStackAddressFamily"),
            Map.entry("2/11", "the roles (RFC 9234) do not fit: provider meets customer, peer meets peer"),
            Map.entry("6/4", "cleared by hand here: it should come back"),
            Map.entry("6/10", "BFD failed: bfd:doctor tells more"),
            Map.entry("8/0", "it stopped reading what we send: look at its load and at the way to it"));

    private BgpVerdict() {}

    static BgpFinding of(Failures failures, String localAs) {
        boolean theirs = failures.attempt() == Attempt.NOTIFIED;
        Optional<Message> said = theirs ? failures.received() : failures.sent();
        String why = failures.lastAttempt().isEmpty() ? failures.lastDrop() : failures.lastAttempt();
        if (said.isEmpty()) {
            return BgpFinding.bad(why, "");
        }
        Message message = said.get();
        String text = theirs ? "the peer says " + message.text() : "we say " + message.text() + ": " + why;
        String advice = (theirs ? THEIRS : OURS).getOrDefault(key(message), general(message));
        return BgpFinding.bad(text, String.format(advice, localAs));
    }

    private static String key(Message message) {
        return message.code() + "/" + message.subcode();
    }

    private static String general(Message message) {
        if (message.code() == CEASE && message.subcode() == HARD_RESET) {
            return "the session was ended on purpose: the text tells why";
        }
        return switch (message.code()) {
            case HEADER -> "what arrived was no BGP: is this a router?";
            case UPDATE -> "a message broke a rule: bgp:trace shows which";
            case FSM -> "a message came out of turn: bgp:trace shows which";
            default -> "";
        };
    }
}
