package org.heraldlb.manifest.check;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.manifest.Code;

/**
 * The same prefix must not go to the same peer from the same node with two values of LOCAL_PREF. Advertisements with
 * service selectors are left to the planner, which knows the services.
 */
final class LocalPrefRule {

    private LocalPrefRule() {}

    /** A problem of {@code blamed} when the two disagree about {@code pool}, which both select. */
    static Optional<Problem> between(
            BgpAdvertisement one, BgpAdvertisement other, AddressPool pool, Accepted accepted, ConfigObject blamed) {
        if (!differ(one, other) || lengthsDiffer(one, other, pool) || nodesDiffer(one, other, accepted.nodes())) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                        blamed,
                        Code.CONFLICTING_LOCAL_PREF,
                        blamed == pool ? "spec.addresses" : "spec.localPref",
                        text(one),
                        "invalid localPref " + text(one) + " of " + one.name() + ": advertisement " + other.name()
                                + " sets localPref " + text(other) + " for the same peers, nodes and prefixes of pool "
                                + pool.name())
                .withFix("give both the same localPref, or different peers, nodes or aggregation lengths"));
    }

    /** True when the two could disagree about some pool: cheap, so it goes first. */
    static boolean differ(BgpAdvertisement one, BgpAdvertisement other) {
        return !one.attributes().localPref().equals(other.attributes().localPref())
                && one.serviceSelectors().isEmpty()
                && other.serviceSelectors().isEmpty()
                && !peersDiffer(one.peers(), other.peers());
    }

    private static String text(BgpAdvertisement advertisement) {
        return String.valueOf(advertisement.attributes().localPref().orElse(0));
    }

    private static boolean peersDiffer(List<String> one, List<String> other) {
        return !one.isEmpty() && !other.isEmpty() && Collections.disjoint(one, other);
    }

    private static boolean lengthsDiffer(BgpAdvertisement one, BgpAdvertisement other, AddressPool pool) {
        boolean v4 = one.aggregationLength() != other.aggregationLength();
        boolean v6 = one.aggregationLengthV6() != other.aggregationLengthV6();
        boolean hasV6 = EchoRule.hasV6(pool);
        boolean hasV4 = pool.entries().stream()
                .flatMap(entry -> entry.prefixes().stream())
                .anyMatch(prefix -> prefix.family() == IpFamily.IPV4);
        return (v4 || !hasV4) && (v6 || !hasV6) && (v4 || v6);
    }

    /** Without known nodes only equal selectors surely meet. */
    private static boolean nodesDiffer(BgpAdvertisement one, BgpAdvertisement other, Nodes nodes) {
        List<LabelSelector> a = one.nodeSelectors();
        List<LabelSelector> b = other.nodeSelectors();
        return nodes.known() ? !nodes.share(a, b) : !a.equals(b);
    }
}
