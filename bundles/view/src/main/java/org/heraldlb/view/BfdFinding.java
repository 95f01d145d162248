package org.heraldlb.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdState;

/**
 * What is right or wrong with a BFD session, and what to do.
 *
 * @param verdict {@code good}, {@code doubtful} or {@code bad}
 * @param text what was found
 * @param advice what to do, empty when there is nothing to do
 */
public record BfdFinding(String verdict, String text, String advice) {

    private static final Map<String, String> DISCARDS = Map.of(
            "TTL", "packets came from further away than allowed; with hops in between both ends need multihop",
            "AUTHENTICATION", "packets were not authenticated as configured; compare type, key id and key at both ends",
            "HOP_MODE", "a peer speaks the other hop mode; FRR speaks multihop with ttl-security or ebgp-multihop",
            "NO_SESSION", "packets came from strangers; is a peer configured with another address or hop mode?",
            "TAKEOVER", "another system used the address of a peer that is Up; or the peer restarted");

    /** Everything that can be said about a session, the worst first. */
    public static List<BfdFinding> of(BfdSnapshot snapshot, SessionView session) {
        List<BfdFinding> found = new ArrayList<>();
        snapshot.problems()
                .forEach(problem -> found.add(bad(problem.subject() + ": " + problem.text(), problem.fix())));
        found.add(state(session));
        if (session.state().state() == BfdState.UP) {
            found.add(regularity(session));
        }
        found.add(punctuality(snapshot, session));
        DISCARDS.forEach((reason, text) -> {
            long count = snapshot.discards().getOrDefault(reason, 0L);
            if (count > 0) {
                found.add(doubtful(count + " packets thrown away (" + reason + ", all sessions)", text));
            }
        });
        return found.stream().sorted(Comparator.comparing(BfdFinding::verdict)).toList();
    }

    private static BfdFinding good(String text) {
        return new BfdFinding("good", text, "");
    }

    private static BfdFinding doubtful(String text, String advice) {
        return new BfdFinding("doubtful", text, advice);
    }

    private static BfdFinding bad(String text, String advice) {
        return new BfdFinding("bad", text, advice);
    }

    private static BfdFinding state(SessionView session) {
        return switch (session.state().state()) {
            case UP -> good("Up, the peer is watched");
            case INIT ->
                bad(
                        "the peer is heard, but does not hear us",
                        "look for a filter on the way to it, its minimum TTL, and authentication that only it wants");
            case ADMIN_DOWN, UNAVAILABLE -> doubtful("taken down on purpose on this side", "");
            case DOWN -> down(session);
        };
    }

    private static BfdFinding down(SessionView session) {
        if (session.state().remoteAdminDown()) {
            return doubtful("the peer took the session down on purpose", "ask whoever runs the peer");
        }
        if (session.packets().received() > 0) {
            return bad(
                    "nothing has been heard since " + session.since(),
                    "look at the link, then whether BFD still runs on the peer");
        }
        return bad(
                "the peer was never heard",
                "is BFD configured there for our address, in the same hop mode ("
                        + (session.key().multihop() ? "multihop, UDP 4784" : "single hop, UDP 3784")
                        + "), and does a filter let it through?");
    }

    private static BfdFinding regularity(SessionView session) {
        long longest = session.packets().gaps().maxMicros();
        long limit = session.timing().detectionMicros();
        String text = "the longest gap between its packets was " + BfdRow.millis(longest) + " of "
                + BfdRow.millis(limit) + " allowed";
        return longest * 3 > limit * 2
                ? doubtful(text, "one more lost or late packet takes the session down: longer intervals are safer")
                : good(text);
    }

    private static BfdFinding punctuality(BfdSnapshot snapshot, SessionView session) {
        long usual = snapshot.lag().p99Micros();
        String text = "99 of 100 timers fired at most " + BfdRow.millis(usual) + " late, the worst "
                + BfdRow.millis(snapshot.lag().maxMicros());
        return usual * 4 > session.timing().transmitMicros()
                ? doubtful(
                        text,
                        "this host is too busy for "
                                + BfdRow.millis(session.timing().transmitMicros()))
                : good(text);
    }
}
