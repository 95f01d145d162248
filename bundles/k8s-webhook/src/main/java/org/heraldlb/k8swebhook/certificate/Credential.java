package org.heraldlb.k8swebhook.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate and its key. Printing it shows no key.
 *
 * @param chain the certificate, and those between it and its authority
 * @param key of the first certificate
 */
public record Credential(List<X509Certificate> chain, PrivateKey key) {

    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a credential has a certificate");
        }
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    Instant from() {
        return certificate().getNotBefore().toInstant();
    }

    /** The moment from which it is no longer valid. */
    public Instant until() {
        return certificate().getNotAfter().toInstant();
    }

    /** Two thirds of its life are over. */
    boolean isDue(Instant now) {
        return !now.isBefore(
                from().plus(Duration.between(from(), until()).multipliedBy(2).dividedBy(3)));
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal() + " until " + until();
    }
}
