package org.heraldlb.k8swebhook.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be done about certificates. A new authority is trusted beside the old one for some time before it signs
 * anything, and the old one for as long as it is valid, so that no client ever meets a certificate that it cannot check.
 */
public final class Renewal {

    private final Policy policy;
    private final Maker maker;

    public Renewal(Policy policy, Maker maker) {
        this.policy = policy;
        this.maker = maker;
    }

    /** The wallet as it should be; an equal one when nothing is due. */
    public Wallet next(Wallet wallet, Instant now) {
        List<Credential> authorities = new ArrayList<>(wallet.authorities());
        authorities.removeIf(authority -> !now.isBefore(authority.until()));
        if (authorities.isEmpty() || endsSoon(authorities.get(0), now)) {
            authorities.add(0, maker.authority(now));
        }
        Optional<Credential> serving = wallet.serving().filter(current -> isGood(current, authorities, now));
        return new Wallet(authorities, serving.or(() -> Optional.of(maker.serving(signer(authorities, now), now))));
    }

    /** A server's certificate of full length has to fit in after it has a successor. */
    private boolean endsSoon(Credential authority, Instant now) {
        Instant latest = authority.until().minus(policy.servingLife()).minus(policy.settle());
        return authority.isDue(now) || !now.isBefore(latest);
    }

    /** The newest one that had time to become known; while none had, the oldest: that one may be known. */
    private Credential signer(List<Credential> authorities, Instant now) {
        Duration pause = policy.backdating(policy.authorityLife()).plus(policy.settle());
        return authorities.stream()
                .filter(authority -> !now.isBefore(authority.from().plus(pause)))
                .findFirst()
                .orElse(authorities.get(authorities.size() - 1));
    }

    private boolean isGood(Credential serving, List<Credential> authorities, Instant now) {
        return !serving.isDue(now)
                && names(serving).equals(new HashSet<>(policy.names()))
                && authorities.stream().anyMatch(authority -> signed(authority, serving));
    }

    private static boolean signed(Credential authority, Credential serving) {
        try {
            serving.certificate().verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static Set<String> names(Credential serving) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> alternatives = serving.certificate().getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(name -> names.add(Names.canonical(String.valueOf(name.get(1)))));
            }
        } catch (CertificateParsingException strange) {
            return Set.of();
        }
        return names;
    }
}
