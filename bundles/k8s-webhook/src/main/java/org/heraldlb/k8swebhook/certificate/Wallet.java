package org.heraldlb.k8swebhook.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What is kept and shared by all that serve under one name.
 *
 * @param authorities own ones, the newest first; those that are not over are trusted
 * @param serving what is shown to clients
 */
public record Wallet(List<Credential> authorities, Optional<Credential> serving) {

    public static final Wallet EMPTY = new Wallet(List.of(), Optional.empty());

    public Wallet {
        authorities = List.copyOf(authorities);
    }

    /** The certificates that clients have to trust. */
    public List<X509Certificate> trusted() {
        return authorities.stream().map(Credential::certificate).toList();
    }
}
