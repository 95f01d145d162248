package org.heraldlb.manifest.check;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CrossCheckOptions.Mode;

/** One more BGP advertisement. */
final class AdvertisementRules {

    private AdvertisementRules() {}

    static Optional<Problem> against(BgpAdvertisement advertisement, Accepted accepted) {
        List<BgpAdvertisement> rivals = accepted.advertisements().stream()
                .filter(other -> LocalPrefRule.differ(advertisement, other))
                .toList();
        boolean aggregates = advertisement.aggregationLength() != 32 || advertisement.aggregationLengthV6() != 128;
        List<Peer> echoing = echoing(advertisement, accepted);
        boolean restricted = accepted.mode() == Mode.NATIVE;
        if (restricted) {
            Optional<Problem> large = largeCommunity(advertisement);
            if (large.isPresent()) {
                return large;
            }
        }
        if (rivals.isEmpty() && !aggregates && echoing.isEmpty() && !restricted) {
            return Optional.empty();
        }
        return accepted.pools().stream()
                .filter(pool -> advertisement.pools().selects(pool))
                .flatMap(pool -> againstPool(advertisement, pool, rivals, echoing, accepted).stream())
                .findFirst();
    }

    private static Optional<Problem> againstPool(
            BgpAdvertisement advertisement,
            AddressPool pool,
            List<BgpAdvertisement> rivals,
            List<Peer> echoing,
            Accepted accepted) {
        Optional<Problem> problem = lengths(advertisement, pool, advertisement);
        if (problem.isEmpty()) {
            problem = rivals.stream()
                    .filter(rival -> rival.pools().selects(pool))
                    .flatMap(rival ->
                            LocalPrefRule.between(advertisement, rival, pool, accepted, advertisement).stream())
                    .findFirst();
        }
        if (problem.isPresent() || !EchoRule.hasV6(pool)) {
            return problem;
        }
        if (accepted.mode() == Mode.NATIVE) {
            return Optional.of(Refusal.of(
                    advertisement,
                    Code.UNSUPPORTED,
                    "spec.ipAddressPools",
                    pool.name(),
                    "pool " + pool.name() + " has IPv6 addresses, which native BGP mode can not advertise"));
        }
        return echoing.stream()
                .findFirst()
                .map(peer -> EchoRule.problem(advertisement, "spec.peers", peer.name(), pool));
    }

    private static List<Peer> echoing(BgpAdvertisement advertisement, Accepted accepted) {
        if (!accepted.hasEcho()) {
            return List.of();
        }
        return accepted.peers().stream()
                .filter(peer -> EchoRule.reaches(advertisement, peer) && EchoRule.echoes(peer, accepted))
                .toList();
    }

    private static Optional<Problem> largeCommunity(BgpAdvertisement advertisement) {
        return advertisement.attributes().communities().stream()
                .filter(Rules::isLarge)
                .findFirst()
                .map(text -> Refusal.of(
                        advertisement,
                        Code.UNSUPPORTED,
                        "spec.communities",
                        text,
                        "native BGP mode does not support large communities"));
    }

    /**
     * An aggregate must not be wider than the pool's entry that it comes from. Of the prefixes that a range is made of,
     * the widest one counts: MetalLB's rule.
     */
    static Optional<Problem> lengths(BgpAdvertisement advertisement, AddressPool pool, ConfigObject blamed) {
        for (AddressPool.Entry entry : pool.entries()) {
            IpFamily family = entry.prefixes().get(0).family();
            boolean v4 = family == IpFamily.IPV4;
            int length = v4 ? advertisement.aggregationLength() : advertisement.aggregationLengthV6();
            int widest =
                    entry.prefixes().stream().mapToInt(IpPrefix::length).min().orElse(0);
            if (length < widest) {
                String field = v4 ? "aggregationLength" : "aggregationLengthV6";
                return Optional.of(Refusal.of(
                                blamed,
                                Code.INVALID_AGGREGATION_LENGTH,
                                blamed == pool ? "spec.addresses" : "spec." + field,
                                blamed == pool ? entry.text() : length,
                                "invalid aggregation length " + length + ": prefix " + widest
                                        + " in this pool is more specific than the aggregation length for addresses "
                                        + entry.text())
                        .withFix("use " + field + " " + widest + " or more"));
            }
        }
        return Optional.empty();
    }
}
