package org.heraldlb.k8ssource.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * The problems that count for a node's own state of configuration: a fault of a BGPPeer or BGPAdvertisement that selects other
 * nodes alone is theirs, as with MetalLB's speakers, each of which reads what selects its node. Every other kind, and what is
 * too broken to say whom it selects, concerns everybody. Pure.
 */
final class OwnProblems {

    private static final Set<String> SELECTIVE = Set.of("BGPPeer", "BGPAdvertisement");

    private OwnProblems() {}

    /** @param offered what the source has, refused by the rules between objects or not; asked only where it matters */
    static List<Problem> of(SystemSnapshot snapshot, Supplier<? extends Collection<ConfigObject>> offered) {
        Node node = snapshot.intent().cluster().nodes().get(snapshot.node());
        if (node == null || snapshot.problems().stream().noneMatch(OwnProblems::isSelective)) {
            return snapshot.problems();
        }
        Set<String> elsewhere = elsewhere(offered.get(), node.labels());
        return snapshot.problems().stream()
                .filter(problem -> !elsewhere.contains(problem.subject()))
                .toList();
    }

    private static boolean isSelective(Problem problem) {
        return SELECTIVE.contains(problem.subject().split(" ", 2)[0]);
    }

    private static Set<String> elsewhere(Collection<ConfigObject> offered, Map<String, String> labels) {
        return offered.stream()
                .filter(object -> !LabelSelector.anyMatches(selectors(object), labels))
                .map(object -> object.ref().toString())
                .collect(Collectors.toSet());
    }

    private static List<LabelSelector> selectors(ConfigObject object) {
        if (object instanceof Peer peer) {
            return peer.nodeSelectors();
        }
        return object instanceof BgpAdvertisement advertisement ? advertisement.nodeSelectors() : List.of();
    }
}
