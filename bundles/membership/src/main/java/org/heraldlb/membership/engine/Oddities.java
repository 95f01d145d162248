package org.heraldlb.membership.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.membership.protocol.Admission.Oddity;

/** Messages that do not count, as problems. They are forgotten some time after the last one. */
final class Oddities {

    private static final String SUBJECT = "membership";
    private static final long REMEMBERED_NANOS = 60_000_000_000L;
    private static final int MOST = 16;

    private final Map<String, Long> lastByText = new TreeMap<>();

    void otherKey(Object handle, long nowNanos) {
        note("otherKey " + handle, nowNanos);
    }

    void otherVersion(Object handle, long nowNanos) {
        note("otherVersion " + handle, nowNanos);
    }

    private void note(String text, long nowNanos) {
        if (lastByText.size() < MOST || lastByText.containsKey(text)) {
            lastByText.put(text, nowNanos);
        }
    }

    List<Problem> problems(Map<String, Oddity> fromPlaces, long nowNanos) {
        lastByText.values().removeIf(last -> nowNanos - last > REMEMBERED_NANOS);
        List<Problem> found = new ArrayList<>();
        for (String text : lastByText.keySet()) {
            String who = text.substring(text.indexOf(' ') + 1);
            found.add(
                    text.startsWith("otherKey")
                            ? Problem.error("otherKey", SUBJECT, who + " sends what our key does not open")
                                    .withFix("give all nodes the same key")
                            : Problem.error("otherVersion", SUBJECT, who + " speaks another version")
                                    .withFix("run the same version of Herald on all nodes"));
        }
        fromPlaces.forEach((place, oddity) -> found.add(problem(place, oddity)));
        return found;
    }

    private static Problem problem(String place, Oddity oddity) {
        return switch (oddity) {
            case OTHER_CLUSTER ->
                Problem.warning("otherCluster", SUBJECT, place + " belongs to another cluster")
                        .withFix("give all nodes the same cluster name, or another port to each cluster");
            case NOT_CONFIGURED ->
                Problem.warning("unknownPeer", SUBJECT, place + " is not among the peers")
                        .withFix("give all nodes the same peers");
            case SAME_NAME ->
                Problem.error("sameNodeName", SUBJECT, place + " has the name of this node")
                        .withFix("give each node a name of its own in etc/org.heraldlb.node.cfg");
        };
    }
}
