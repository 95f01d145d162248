package org.heraldlb.manifest.check;

import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CommunityText;
import org.heraldlb.manifest.CrossCheckOptions.Mode;

/**
 * What speaks against one more object beside those that were accepted. Every rule about two or more objects is asked from
 * each of their sides, so that it does not matter which of them comes last.
 */
final class Rules {

    private Rules() {}

    static Optional<Problem> against(ConfigObject object, Accepted accepted) {
        return switch (object.ref().kind()) {
            case IP_ADDRESS_POOL -> PoolRules.against((AddressPool) object, accepted);
            case BGP_ADVERTISEMENT -> AdvertisementRules.against((BgpAdvertisement) object, accepted);
            case BGP_PEER -> PeerRules.against((Peer) object, accepted);
            case BFD_PROFILE -> profile((BfdProfile) object, accepted);
            case COMMUNITY -> communities((CommunityAliases) object, accepted);
            case RESERVATION -> reservation((Reservation) object, accepted);
            case NAMESPACE_QUOTA -> quota((NamespaceQuota) object, accepted);
            default -> Optional.empty();
        };
    }

    private static Optional<Problem> profile(BfdProfile profile, Accepted accepted) {
        if (accepted.mode() == Mode.NATIVE) {
            return Optional.of(Refusal.of(
                    profile,
                    Code.UNSUPPORTED,
                    "",
                    "",
                    "native BGP mode does not support BFD, so no BFDProfile either"));
        }
        if (!profile.echoMode()) {
            return Optional.empty();
        }
        return accepted.peers().stream()
                .filter(peer -> peer.options().bfdProfile().equals(Optional.of(profile.name())))
                .flatMap(peer -> EchoRule.pools(peer, accepted).stream().limit(1))
                .findFirst()
                .map(pool -> EchoRule.problem(profile, "spec.echoMode", profile.name(), pool));
    }

    private static Optional<Problem> communities(CommunityAliases aliases, Accepted accepted) {
        for (var alias : aliases.values().entrySet()) {
            Optional<CommunityAliases> other = accepted.definer(alias.getKey());
            if (other.isPresent()) {
                return Optional.of(Refusal.of(
                        aliases,
                        Code.DUPLICATE_ALIAS,
                        "spec.communities",
                        alias.getKey(),
                        "duplicate definition of community \"" + alias.getKey() + "\", which "
                                + other.get().ref() + " defines already"));
            }
            if (accepted.mode() == Mode.NATIVE && isLarge(alias.getValue())) {
                return Optional.of(Refusal.of(
                        aliases,
                        Code.UNSUPPORTED,
                        "spec.communities",
                        alias.getValue(),
                        "native BGP mode does not support large communities"));
            }
        }
        return Optional.empty();
    }

    static boolean isLarge(String text) {
        return CommunityText.isLiteral(text)
                && CommunityText.parse(text).large().isPresent();
    }

    private static Optional<Problem> reservation(Reservation reservation, Accepted accepted) {
        for (IpAddress address : reservation.addresses()) {
            Optional<Reservation> other = accepted.reservation(address);
            if (other.isPresent()) {
                return Optional.of(Refusal.of(
                        reservation,
                        Code.DUPLICATE_DEFINITION,
                        "spec.addresses",
                        address,
                        address + " is kept already by " + other.get().ref()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> quota(NamespaceQuota quota, Accepted accepted) {
        return accepted.quota(quota.namespace())
                .map(other -> Refusal.of(
                        quota,
                        Code.DUPLICATE_DEFINITION,
                        "spec.namespace",
                        quota.namespace(),
                        "namespace " + quota.namespace() + " has its quota already from " + other.ref()));
    }
}
