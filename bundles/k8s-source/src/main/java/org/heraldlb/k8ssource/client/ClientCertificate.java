package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The client certificate of a kubeconfig with its chain and its key. */
record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final char[] NO_PASSWORD = {};

    ClientCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads what {@code config} names. As for kubectl, data comes before files, a certificate needs a key, and a key alone
     * says nothing.
     *
     * @throws KubernetesClientException when there is a certificate that cannot be used, in one line
     */
    static Optional<ClientCertificate> of(Config config, Origin origin) {
        Field certificate = new Field("client-certificate", config.getClientCertData(), config.getClientCertFile());
        Field key = new Field("client-key", config.getClientKeyData(), config.getClientKeyFile());
        if (certificate.missing()) {
            return Optional.empty();
        }
        if (key.missing()) {
            throw origin.ofUser("client-key", "is missing, and there is a " + certificate.used());
        }
        List<X509Certificate> chain = chain(certificate, origin);
        try {
            return Optional.of(new ClientCertificate(
                    chain, ClientKey.read(key.text(origin), chain.get(0).getPublicKey())));
        } catch (GeneralSecurityException fault) {
            String kind = chain.get(0).getPublicKey().getAlgorithm();
            throw origin.ofUser(
                    key.used(), "is no " + kind + " key that belongs to the certificate: " + Fault.said(fault));
        }
    }

    private static List<X509Certificate> chain(Field field, Origin origin) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem.Block block : Pem.blocks(field.text(origin))) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
            if (chain.isEmpty()) {
                throw new CertificateException("it has no PEM block CERTIFICATE");
            }
            return ordered(chain);
        } catch (GeneralSecurityException fault) {
            throw origin.ofUser(field.used(), "is no certificate: " + Fault.said(fault));
        }
    }

    /** The client's own is first; then its issuer, and so on. A key store takes nothing else. */
    private static List<X509Certificate> ordered(List<X509Certificate> found) {
        List<X509Certificate> rest = new ArrayList<>(found);
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(found.get(0));
        while (next.isPresent()) {
            X509Certificate last = next.get();
            chain.add(last);
            rest.removeIf(last::equals);
            next = rest.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .findFirst();
        }
        return chain;
    }

    /** As TLS wants it. */
    KeyManager[] keyManagers() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().toString();
    }

    /** Two fields of a user: {@code name} with a path, {@code name}-data with what would stand there. */
    private record Field(String name, String data, String file) {

        boolean missing() {
            return empty(data) && empty(file);
        }

        String used() {
            return empty(data) ? name : name + "-data";
        }

        /** A credential plugin gives PEM as it is, a kubeconfig has it in Base64. */
        String text(Origin origin) {
            try {
                if (empty(data)) {
                    return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
                }
                return data.contains("-----BEGIN") ? data : new String(Pem.base64(data), StandardCharsets.ISO_8859_1);
            } catch (IOException | InvalidPathException fault) {
                throw origin.ofUser(used(), "cannot be read: " + Fault.said(fault));
            } catch (IllegalArgumentException damaged) {
                throw origin.ofUser(used(), "is no Base64"); // the cause may quote it
            }
        }

        private static boolean empty(String text) {
            return text == null || text.isEmpty();
        }

        @Override
        public String toString() {
            return used(); // the data may be a key
        }
    }
}
