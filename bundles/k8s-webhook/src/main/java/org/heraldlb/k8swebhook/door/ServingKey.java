package org.heraldlb.k8swebhook.door;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.heraldlb.k8swebhook.certificate.Credential;

/**
 * Gives each handshake the certificate of the moment; connections that are open stay as they are. The one before is kept,
 * because a handshake asks three times. Any thread; set by one.
 */
final class ServingKey extends X509ExtendedKeyManager {

    /** Credentials by alias, and the alias of the newest. */
    private record State(int newest, Map<String, Credential> known) {}

    private volatile State state = new State(0, Map.of());

    void set(Credential credential) {
        State before = state;
        int next = before.newest() + 1;
        String last = String.valueOf(before.newest());
        state = new State(
                next,
                before.known().containsKey(last)
                        ? Map.of(
                                String.valueOf(next),
                                credential,
                                last,
                                before.known().get(last))
                        : Map.of(String.valueOf(next), credential));
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        State now = state;
        String alias = String.valueOf(now.newest());
        Credential newest = now.known().get(alias);
        boolean fits = newest != null && Objects.equals(newest.key().getAlgorithm(), keyType);
        return fits ? alias : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Credential found = state.known().get(alias);
        return found == null ? null : found.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Credential found = state.known().get(alias);
        return found == null ? null : found.key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
