package org.heraldlb.core.plan;

import java.util.Optional;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Authentication;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;

/** The BFD profiles of peers with their keys, wherever those stand. */
final class BfdKeys {

    private static final String PASSWORD_KEY = "password";

    private BfdKeys() {}

    /** Without the key that the profile names, sessions would never come up, and take BGP along where it is strict. */
    static boolean isThere(Intent intent, Peer peer) {
        return profile(intent, peer)
                .flatMap(BfdProfile::authentication)
                .map(Authentication::key)
                .map(Optional::isPresent)
                .orElse(true);
    }

    /** The peer's profile; its authentication has the key when there is one. */
    static Optional<BfdProfile> profile(Intent intent, Peer peer) {
        return peer.options()
                .bfdProfile()
                .flatMap(wanted -> intent.advertising().bfdProfiles().stream()
                        .filter(profile -> profile.name().equals(wanted))
                        .findFirst())
                .map(profile -> withKey(intent, profile));
    }

    private static BfdProfile withKey(Intent intent, BfdProfile profile) {
        Optional<Authentication> resolved = profile.authentication().map(wanted -> withKey(intent, wanted));
        return resolved.equals(profile.authentication())
                ? profile
                : new BfdProfile(
                        profile.ref(),
                        profile.origin(),
                        profile.timing(),
                        profile.echoMode(),
                        profile.passiveMode(),
                        profile.minimumTtl(),
                        resolved);
    }

    private static Authentication withKey(Intent intent, Authentication wanted) {
        Optional<SecretValue> key = wanted.key()
                .or(() -> wanted.secret().map(intent.cluster().secrets()::get).map(secret -> secret.data()
                        .get(PASSWORD_KEY)));
        return new Authentication(wanted.type(), wanted.keyId(), key, wanted.secret());
    }
}
