package org.heraldlb.manifest.check;

import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CommunityText;

/**
 * A reference to something that is not there, or not usable. It may come later, so this is no mistake of the object.
 *
 * @param problem of the object that refers
 * @param wanted finds what is referred to among objects
 */
record Missing(Problem problem, java.util.function.Predicate<ConfigObject> wanted) {

    /** The problem of an edit that would take away what is referred to. */
    Problem held(ConfigObject edited) {
        return Refusal.of(
                edited,
                Code.UNKNOWN_COMMUNITY,
                problem.place().path(),
                problem.place().value(),
                edited.ref() + " stays as it was: " + problem.subject() + " refers to what it no longer has");
    }

    /** The first reference of {@code object} that leads nowhere. */
    static Optional<Missing> of(ConfigObject object, Accepted accepted, Map<ObjectRef, ConfigObject> secrets) {
        return switch (object.ref().kind()) {
            case BGP_PEER -> profile((Peer) object, accepted).or(() -> secret((Peer) object, secrets));
            case BFD_PROFILE -> secret((BfdProfile) object, secrets);
            case BGP_ADVERTISEMENT -> alias((BgpAdvertisement) object, accepted);
            default -> Optional.empty();
        };
    }

    private static Optional<Missing> profile(Peer peer, Accepted accepted) {
        return peer.options()
                .bfdProfile()
                .filter(name -> accepted.profile(name).isEmpty())
                .map(name -> new Missing(
                        Refusal.of(
                                peer,
                                Code.MISSING_BFD_PROFILE,
                                "spec.bfdProfile",
                                name,
                                "BFD profile " + name + " of peer " + peer.name() + " does not exist"),
                        other -> other.ref().equals(ObjectRef.of(Kind.BFD_PROFILE, name))));
    }

    /** {@code secrets} is null when nobody here resolves them. */
    private static Optional<Missing> secret(Peer peer, Map<ObjectRef, ConfigObject> secrets) {
        Optional<NamespacedName> named = peer.authentication().secret();
        return secrets == null
                ? Optional.empty()
                : named.flatMap(name -> new SecretRule(
                                peer, "spec.passwordSecret", "password of peer " + peer.name(), name, Integer.MAX_VALUE)
                        .missing(secrets));
    }

    private static Optional<Missing> secret(BfdProfile profile, Map<ObjectRef, ConfigObject> secrets) {
        if (secrets == null || profile.authentication().isEmpty()) {
            return Optional.empty();
        }
        BfdProfile.Authentication authentication = profile.authentication().get();
        return authentication.secret().flatMap(name -> new SecretRule(
                        profile,
                        "spec.authentication.keySecret",
                        "key of BFD profile " + profile.name(),
                        name,
                        authentication.type().longestKey())
                .missing(secrets));
    }

    private static Optional<Missing> alias(BgpAdvertisement advertisement, Accepted accepted) {
        return advertisement.attributes().communities().stream()
                .filter(text -> !CommunityText.isLiteral(text))
                .filter(alias -> accepted.definer(alias).isEmpty())
                .findFirst()
                .map(alias -> new Missing(
                        Refusal.of(
                                        advertisement,
                                        Code.UNKNOWN_COMMUNITY,
                                        "spec.communities",
                                        alias,
                                        "community " + alias + " is not defined")
                                .withFix("define it in a Community, or write number:number"),
                        other -> other instanceof CommunityAliases aliases
                                && aliases.values().containsKey(alias)));
    }
}
