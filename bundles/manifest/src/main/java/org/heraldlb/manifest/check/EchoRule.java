package org.heraldlb.manifest.check;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.manifest.Code;

/** BFD echo does not work with IPv6: no IPv6 pool may be advertised to a peer whose profile has echo mode. */
final class EchoRule {

    private EchoRule() {}

    static boolean hasV6(AddressPool pool) {
        return pool.entries().stream()
                .flatMap(entry -> entry.prefixes().stream())
                .anyMatch(prefix -> prefix.family() == IpFamily.IPV6);
    }

    static boolean reaches(BgpAdvertisement advertisement, Peer peer) {
        return advertisement.peers().isEmpty() || advertisement.peers().contains(peer.name());
    }

    static boolean echoes(Peer peer, Accepted accepted) {
        return accepted.profile(peer).map(BfdProfile::echoMode).orElse(false);
    }

    /** IPv6 pools whose addresses the peer is told. */
    static List<AddressPool> pools(Peer peer, Accepted accepted) {
        List<BgpAdvertisement> reaching = accepted.advertisements().stream()
                .filter(advertisement -> reaches(advertisement, peer))
                .toList();
        return accepted.pools().stream()
                .filter(EchoRule::hasV6)
                .filter(pool -> reaching.stream().anyMatch(ad -> ad.pools().selects(pool)))
                .toList();
    }

    static Problem problem(ConfigObject object, String path, Object value, AddressPool pool) {
        return Refusal.of(
                        object,
                        Code.BFD_ECHO_IPV6,
                        path,
                        value,
                        "BFD echo mode is not supported for IPv6, and pool " + pool.name() + " has IPv6 addresses")
                .withFix("use a BFDProfile without echoMode, or advertise the pool to other peers");
    }
}
