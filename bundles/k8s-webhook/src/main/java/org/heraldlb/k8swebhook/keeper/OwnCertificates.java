package org.heraldlb.k8swebhook.keeper;

import java.time.Instant;
import java.util.function.Consumer;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.k8swebhook.certificate.Pem;
import org.heraldlb.k8swebhook.certificate.Renewal;
import org.heraldlb.k8swebhook.certificate.Wallet;

/** Made by ourselves, kept in a store, and trusted because we say so to the API server before they are used. */
public final class OwnCertificates implements Certificates {

    private static final int TRIES = 3;

    private final Store store;
    private final Renewal renewal;
    private final Trust trust;

    public OwnCertificates(Store store, Renewal renewal, Trust trust) {
        this.store = store;
        this.renewal = renewal;
        this.trust = trust;
    }

    @Override
    public Credential current(Instant now, Consumer<String> complain) throws Unavailable {
        Wallet wallet = renewed(now);
        try {
            trust.publish(Pem.certificates(wallet.trusted()));
        } catch (Unavailable failure) {
            complain.accept(failure.getMessage());
        }
        return wallet.serving().orElseThrow(() -> new Unavailable("no certificate was made"));
    }

    private Wallet renewed(Instant now) throws Unavailable {
        for (int i = 0; i < TRIES; i++) {
            Store.Kept kept = store.read();
            Wallet wallet = Pem.parse(kept.entries());
            Wallet next = renewal.next(wallet, now);
            if (next.equals(wallet) || store.write(Pem.print(next), kept.version())) {
                return next;
            }
        }
        throw new Unavailable("certificates are written by somebody else all the time");
    }
}
