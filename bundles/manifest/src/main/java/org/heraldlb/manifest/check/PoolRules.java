package org.heraldlb.manifest.check;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CrossCheckOptions.Mode;

/** One more pool. */
final class PoolRules {

    private PoolRules() {}

    static Optional<Problem> against(AddressPool pool, Accepted accepted) {
        List<BgpAdvertisement> advertisements = accepted.advertisements(pool);
        return overlap(pool, accepted)
                .or(() -> advertisements.stream()
                        .flatMap(ad -> AdvertisementRules.lengths(ad, pool, pool).stream())
                        .findFirst())
                .or(() -> nativeV6(pool, advertisements, accepted))
                .or(() -> localPrefs(pool, advertisements, accepted))
                .or(() -> echo(pool, advertisements, accepted));
    }

    private static Optional<Problem> overlap(AddressPool pool, Accepted accepted) {
        for (int i = 0; i < pool.entries().size(); i++) {
            AddressPool.Entry entry = pool.entries().get(i);
            for (IpPrefix prefix : entry.prefixes()) {
                Optional<Accepted.Taken> other = accepted.overlapping(prefix);
                if (other.isPresent()) {
                    return Optional.of(Refusal.of(
                                    pool,
                                    Code.OVERLAPPING_PREFIX,
                                    "spec.addresses[" + i + "]",
                                    entry.text(),
                                    "CIDR " + prefix + " in pool " + pool.name()
                                            + " overlaps with already defined CIDR "
                                            + other.get().prefix() + " of pool "
                                            + other.get().pool().name())
                            .withFix("give each address to one pool only"));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> nativeV6(
            AddressPool pool, List<BgpAdvertisement> advertisements, Accepted accepted) {
        if (accepted.mode() != Mode.NATIVE || advertisements.isEmpty() || !EchoRule.hasV6(pool)) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                pool,
                Code.UNSUPPORTED,
                "spec.addresses",
                "",
                "pool " + pool.name() + " has IPv6 addresses, which native BGP mode can not advertise ("
                        + advertisements.get(0).name() + ")"));
    }

    private static Optional<Problem> localPrefs(
            AddressPool pool, List<BgpAdvertisement> advertisements, Accepted accepted) {
        for (int i = 0; i < advertisements.size(); i++) {
            for (BgpAdvertisement other : advertisements.subList(0, i)) {
                Optional<Problem> problem = LocalPrefRule.between(advertisements.get(i), other, pool, accepted, pool);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> echo(AddressPool pool, List<BgpAdvertisement> advertisements, Accepted accepted) {
        if (!accepted.hasEcho() || !EchoRule.hasV6(pool)) {
            return Optional.empty();
        }
        return accepted.peers().stream()
                .filter(peer -> EchoRule.echoes(peer, accepted))
                .filter(peer -> advertisements.stream().anyMatch(ad -> EchoRule.reaches(ad, peer)))
                .findFirst()
                .map(peer -> EchoRule.problem(pool, "spec.addresses", peer.name(), pool));
    }
}
