package org.heraldlb.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPeerDetail.Attempt;
import org.heraldlb.api.bgp.SessionStatus.State;

/**
 * What is right or wrong with a BGP session, and what to do.
 *
 * @param verdict {@code good}, {@code doubtful} or {@code bad}
 * @param text what was found
 * @param advice what to do, empty when there is nothing to do
 */
public record BgpFinding(String verdict, String text, String advice) {

    private static final String UP = "UP";

    /** Everything that can be said about a session, the worst first. */
    public static List<BgpFinding> of(BgpPeerDetail detail) {
        List<BgpFinding> found = new ArrayList<>();
        if (detail.disabled().isPresent()) {
            found.add(doubtful(
                    "disabled by the operator: " + detail.disabled().get(),
                    "wait until its time is over, or enable the peer"));
            return found;
        }
        if (waitsForBfd(detail)) {
            found.add(bad(
                    "waits for BFD (bfdStrict), which is "
                            + detail.status().bfd().orElse("not running"),
                    "bfd:doctor tells why; the router must start its BFD without waiting for BGP"));
            history(detail).ifPresent(found::add);
            return found;
        }
        if (detail.status().state() == State.ESTABLISHED) {
            found.add(good("Established since " + detail.status().since() + ", "
                    + detail.status().advertised() + " routes told"));
        } else {
            found.add(down(detail));
        }
        history(detail).ifPresent(found::add);
        bfd(detail).ifPresent(found::add);
        malformed(detail).ifPresent(found::add);
        return found.stream().sorted(Comparator.comparing(BgpFinding::verdict)).toList();
    }

    private static boolean waitsForBfd(BgpPeerDetail detail) {
        return detail.status().state() != State.ESTABLISHED
                && "BFD".equals(detail.status().details().get("waitsFor"));
    }

    static BgpFinding good(String text) {
        return new BgpFinding("good", text, "");
    }

    static BgpFinding doubtful(String text, String advice) {
        return new BgpFinding("doubtful", text, advice);
    }

    static BgpFinding bad(String text, String advice) {
        return new BgpFinding("bad", text, advice);
    }

    private static BgpFinding down(BgpPeerDetail detail) {
        BgpPeerDetail.Transport transport = detail.transport();
        if (transport.passive() && !transport.listening()) {
            return bad(
                    "neither side can dial: the peer is passive here, and we do not listen",
                    "set listen=true in org.heraldlb.bgp, or take passive from the peer");
        }
        if (transport.passive() && detail.failures().attempt() == Attempt.NONE) {
            return bad(
                    "we wait for the peer to dial, and it has not",
                    "is our address a neighbour there, and does a filter let it reach our port?");
        }
        return attempt(detail);
    }

    private static BgpFinding attempt(BgpPeerDetail detail) {
        String remote = detail.status().remote();
        String local = detail.status().details().getOrDefault("localAs", "ours");
        return switch (detail.failures().attempt()) {
            case REFUSED ->
                bad(
                        remote + " refuses TCP connections",
                        "does BGP run there, on this port, and for our address? A filter may reject as well");
            case UNREACHABLE ->
                bad("there is no way to " + remote, "look at the link and at the route to it (ip route get)");
            case TIMED_OUT -> unanswered(detail, remote);
            case LOCAL ->
                bad(
                        "we cannot even try: " + detail.failures().lastAttempt(),
                        "the source address, interface or VRF of the peer must exist on this node");
            case HUNG_UP ->
                bad(
                        remote + " accepts connections and closes them before its OPEN",
                        "is our address a neighbour there? It may also expect another source address of ours");
            case SILENT ->
                bad(
                        "the other side fell silent: " + reason(detail),
                        "look for loss on the way, and for an MTU that swallows large packets only");
            case NOTIFIED, REJECTED -> BgpVerdict.of(detail.failures(), local);
            case COLLISION ->
                doubtful(
                        "two connections met and one was dropped, as it should be",
                        "when this goes on, both ends may have the same BGP identifier");
            case NONE -> doubtful("no attempt has ended yet, the state is " + state(detail), "wait a moment");
            case OTHER -> bad(reason(detail), "");
        };
    }

    private static BgpFinding unanswered(BgpPeerDetail detail, String remote) {
        List<String> causes = new ArrayList<>();
        causes.add(
                detail.transport().md5()
                        ? "compare the password at both ends (a wrong one is met with silence, one that only one end has too)"
                        : "does it want a password (silence is its answer to connections without)?");
        if (detail.transport().minimumTtl().isPresent()) {
            causes.add("TTL security must be on at both ends and allow all hops");
        } else if (!detail.transport().multihop()) {
            causes.add("if it is more than one hop away, set ebgpMultiHop");
        }
        causes.add("else the host is down or a filter drops");
        return bad("nobody answers at " + remote, String.join("; ", causes));
    }

    private static String state(BgpPeerDetail detail) {
        return detail.status().state().text();
    }

    private static String reason(BgpPeerDetail detail) {
        BgpPeerDetail.Failures failures = detail.failures();
        return failures.lastAttempt().isEmpty() ? failures.lastDrop() : failures.lastAttempt();
    }

    private static Optional<BgpFinding> history(BgpPeerDetail detail) {
        if (detail.counts().flaps() == 0) {
            return Optional.empty();
        }
        return Optional.of(doubtful(
                "the session went down " + detail.counts().flaps() + " times, last: "
                        + detail.failures().lastDrop(),
                ""));
    }

    private static Optional<BgpFinding> bfd(BgpPeerDetail detail) {
        return detail.status()
                .bfd()
                .map(state -> state.equals(UP)
                        ? good("BFD is up")
                        : doubtful(
                                "BFD is " + state + ", so a failure of the path is seen late", "bfd:doctor tells why"));
    }

    private static Optional<BgpFinding> malformed(BgpPeerDetail detail) {
        String faults = detail.status().details().getOrDefault("attributeFaults", "0");
        return faults.equals("0")
                ? Optional.empty()
                : Optional.of(doubtful(
                        faults + " malformed attributes came from the peer",
                        "nothing is lost here; tell whoever runs it, with the lines of bgp:trace"));
    }
}
