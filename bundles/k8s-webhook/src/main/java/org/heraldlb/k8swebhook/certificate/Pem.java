package org.heraldlb.k8swebhook.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Certificates and keys as text, under the names that a TLS secret has. */
public final class Pem {

    public static final String CERTIFICATE = "tls.crt";
    public static final String KEY = "tls.key";
    /** All authorities to trust, for whoever reads the secret. */
    public static final String TRUSTED = "ca.crt";
    /** Certificates and keys of our authorities. */
    public static final String AUTHORITIES = "authorities.pem";

    private Pem() {}

    /** The wallet as entries of a secret. */
    public static Map<String, String> print(Wallet wallet) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(TRUSTED, print(new ArrayList<>(wallet.trusted())));
        List<Object> authorities = new ArrayList<>();
        wallet.authorities().forEach(authority -> {
            authorities.addAll(authority.chain());
            authorities.add(authority.key());
        });
        entries.put(AUTHORITIES, print(authorities));
        wallet.serving().ifPresent(serving -> {
            entries.put(CERTIFICATE, print(new ArrayList<>(serving.chain())));
            entries.put(KEY, print(List.of(serving.key())));
        });
        return entries;
    }

    /** Certificates as text. */
    public static String certificates(List<X509Certificate> certificates) {
        return print(new ArrayList<>(certificates));
    }

    private static String print(List<Object> parts) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                // PKCS #8: the older form of a key loses the curve.
                writer.writeObject(part instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** What is usable of the entries: a wallet that somebody has damaged is made anew as far as necessary. */
    public static Wallet parse(Map<String, String> entries) {
        List<Credential> authorities = lenient(entries.getOrDefault(AUTHORITIES, ""));
        String serving = entries.getOrDefault(CERTIFICATE, "") + "\n" + entries.getOrDefault(KEY, "");
        return new Wallet(authorities, lenient(serving).stream().findFirst());
    }

    private static List<Credential> lenient(String text) {
        try {
            return credentials(text);
        } catch (GeneralSecurityException damaged) {
            return List.of();
        }
    }

    /**
     * The certificate chain and its key.
     *
     * @throws GeneralSecurityException when the texts are none, or do not belong together; no message shows a key
     */
    public static Credential credential(String certificates, String key) throws GeneralSecurityException {
        Optional<Credential> found =
                credentials(certificates + "\n" + key).stream().findFirst();
        return found.orElseThrow(() -> new GeneralSecurityException("no certificate with its key"));
    }

    /** Each key ends a credential, whose certificates stand before it. */
    private static List<Credential> credentials(String text) throws GeneralSecurityException {
        List<Credential> found = new ArrayList<>();
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder certificate) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(certificate));
                } else if (!chain.isEmpty()) {
                    key(part).filter(key -> belong(chain.get(0), key)).ifPresent(key -> {
                        found.add(new Credential(chain, key));
                        chain.clear();
                    });
                }
            }
        } catch (IOException | RuntimeException damaged) {
            // Not the cause: its message may quote what it could not read.
            throw new GeneralSecurityException("no PEM");
        }
        return found;
    }

    private static Optional<PrivateKey> key(Object part) throws GeneralSecurityException, IOException {
        if (part instanceof PEMKeyPair pair) {
            return Optional.of(key(pair.getPrivateKeyInfo()));
        }
        return part instanceof PrivateKeyInfo info ? Optional.of(key(info)) : Optional.empty();
    }

    /** As the JDK's own providers have it; they know key factories by other names than Bouncy Castle does. */
    private static PrivateKey key(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm = kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
                ? "EC"
                : kind.equals(PKCSObjectIdentifiers.rsaEncryption) ? "RSA" : kind.getId();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        return KeyMatch.of(certificate.getPublicKey(), key);
    }
}
