package org.heraldlb.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;

/**
 * What a new plan does to the session with one peer, in the words of the configuration. Changed routes never touch a
 * session and are not listed.
 *
 * @param peer name of the peer
 * @param effect what happens
 * @param causes fields that changed and why that matters, one text each; empty for a session that begins or ends
 */
public record SessionChange(String peer, Effect effect, List<String> causes) {

    /** What happens to a session. */
    public enum Effect {
        /** A session that was not there. */
        BEGINS,
        /** Ended for good: Cease/Peer De-configured. */
        ENDS,
        /** Ended with Cease/Other Configuration Change, and made anew. */
        RESETS,
        /** Goes on with other parameters. */
        GOES_ON
    }

    /** What the OPEN says is agreed upon once; a session with another OPEN is another session. */
    private static final String OPEN = "is agreed in OPEN";

    private static final String CONNECTION = "needs another TCP connection";
    private static final String LIVE = "takes effect without a reset";
    /** As shipped in {@code org.heraldlb.bgp.cfg}. */
    private static final Duration DEFAULT_HOLD = Duration.ofSeconds(90);

    private record Field(String name, Function<PeerPlan, Object> value, String why) {
        boolean resets() {
            return !why.equals(LIVE);
        }

        boolean differs(PeerPlan before, PeerPlan after) {
            return !value.apply(before).equals(value.apply(after));
        }
    }

    private static final List<Field> FIELDS = List.of(
            new Field("myASN or localASN", plan -> localAs(plan.peer().as()), OPEN),
            new Field("peerASN", plan -> plan.peer().as().peerAsn(), OPEN),
            new Field("dynamicASN", plan -> plan.peer().as().dynamic(), OPEN),
            new Field("peerAddress", plan -> plan.peer().endpoint().address(), CONNECTION),
            new Field("interface", plan -> plan.peer().endpoint().linkInterface(), CONNECTION),
            new Field("sourceAddress", plan -> plan.peer().endpoint().source(), CONNECTION),
            new Field("peerPort", plan -> plan.peer().endpoint().port(), CONNECTION),
            new Field("vrf", plan -> plan.peer().endpoint().vrf(), CONNECTION),
            new Field("ebgpMultiHop", plan -> plan.peer().endpoint().multihop(), CONNECTION),
            new Field(
                    "ttlSecurityHops",
                    plan -> plan.peer().options().extensions().ttlSecurityHops(),
                    CONNECTION),
            new Field("password", PeerPlan::password, "TCP MD5 " + CONNECTION),
            new Field("holdTime", plan -> hold(plan.peer().timers()), OPEN),
            new Field("routerID", plan -> plan.peer().options().routerId(), OPEN),
            new Field("enableGracefulRestart", plan -> plan.peer().options().gracefulRestart(), OPEN),
            new Field("dualStackAddressFamily", plan -> plan.peer().options().dualStackAddressFamily(), OPEN),
            new Field("role", plan -> plan.peer().options().extensions().role(), OPEN),
            new Field("keepaliveTime", plan -> plan.peer().timers().keepalive(), LIVE),
            new Field("connectTime", plan -> plan.peer().timers().connect(), LIVE),
            new Field("passive", plan -> plan.peer().options().extensions().passive(), LIVE),
            new Field("maxPrefixes", plan -> plan.peer().options().extensions().maxPrefixes(), LIVE),
            new Field("bfdProfile", PeerPlan::bfd, LIVE),
            new Field("bfdMultihop", plan -> plan.peer().options().extensions().bfdMultihop(), LIVE),
            new Field("bfdStrict", plan -> plan.peer().options().extensions().bfdStrict(), LIVE));

    public SessionChange {
        causes = List.copyOf(causes);
    }

    /** Sessions that a change of plan begins, ends, resets or reconfigures, by peer. */
    public static List<SessionChange> between(BgpPlan before, BgpPlan after) {
        Map<String, PeerPlan> old = byName(before);
        Map<String, PeerPlan> now = byName(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<SessionChange> changes = new ArrayList<>();
        for (String name : names) {
            of(name, Optional.ofNullable(old.get(name)), Optional.ofNullable(now.get(name)))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private static Map<String, PeerPlan> byName(BgpPlan plan) {
        Map<String, PeerPlan> peers = new TreeMap<>();
        plan.peers().forEach(peer -> peers.put(peer.name(), peer));
        return peers;
    }

    private static Optional<SessionChange> of(String name, Optional<PeerPlan> before, Optional<PeerPlan> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.of(new SessionChange(name, before.isEmpty() ? Effect.BEGINS : Effect.ENDS, List.of()));
        }
        return of(before.get(), after.get());
    }

    /** The same for one peer; empty when nothing but routes changed. */
    public static Optional<SessionChange> of(PeerPlan before, PeerPlan after) {
        List<Field> changed =
                FIELDS.stream().filter(field -> field.differs(before, after)).toList();
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        Effect effect = changed.stream().anyMatch(Field::resets) ? Effect.RESETS : Effect.GOES_ON;
        List<String> causes = changed.stream()
                .filter(field -> field.resets() == (effect == Effect.RESETS))
                .map(field -> field.name() + " " + field.why())
                .toList();
        return Optional.of(new SessionChange(after.name(), effect, causes));
    }

    private static long localAs(Peer.As as) {
        return as.localAsn().orElse(as.myAsn());
    }

    /** A keepalive time alone means three times as much (MetalLB: BGPPeer timers). */
    private static Duration hold(Peer.Timers timers) {
        return timers.hold()
                .or(() -> timers.keepalive().map(keepalive -> keepalive.multipliedBy(3)))
                .orElse(DEFAULT_HOLD);
    }

    /** One line for people. */
    public String text() {
        return switch (effect) {
            case BEGINS -> peer + ": session begins";
            case ENDS -> peer + ": session ends";
            case RESETS -> peer + ": session is reset: " + String.join("; ", causes);
            case GOES_ON -> peer + ": session goes on: " + String.join("; ", causes);
        };
    }
}
