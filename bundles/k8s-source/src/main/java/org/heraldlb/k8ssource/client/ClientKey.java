package org.heraldlb.k8ssource.client;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Reads private keys in the forms that kubeconfigs have: PKCS #8 (RFC 5208), and what came before it for RSA (PKCS #1, RFC
 * 8017 A.1.2) and elliptic curves (SEC 1, RFC 5915). The client library takes each PKCS #8 key for one of RSA.
 */
final class ClientKey {

    private ClientKey() {}

    /**
     * @param text may have other blocks before the key, such as the parameters of its curve
     * @param open of the certificate: says of which kind the key is
     * @throws GeneralSecurityException when it is no key of {@code open}; its message does not show the key
     */
    static PrivateKey read(String text, PublicKey open) throws GeneralSecurityException {
        Pem.Block block = Pem.blocks(text).stream()
                .filter(each -> each.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException("it has no PEM block PRIVATE KEY"));
        if (block.encrypted()) {
            throw new InvalidKeyException("it is encrypted, and a kubeconfig has no passphrase");
        }
        PrivateKey key = KeyFactory.getInstance(open.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(block, open)));
        if (!belong(open, key)) {
            throw new InvalidKeyException("the certificate is for another key");
        }
        return key;
    }

    /** Both older forms lie in PKCS #8 as they are, behind an AlgorithmIdentifier that the certificate has as well. */
    private static byte[] pkcs8(Pem.Block block, PublicKey open) throws GeneralSecurityException {
        return switch (block.label()) {
            case "PRIVATE KEY" -> block.der();
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                Der.element(
                        Der.SEQUENCE,
                        Der.element(Der.INTEGER, new byte[1]),
                        Der.first(open.getEncoded()),
                        Der.element(Der.OCTETS, block.der()));
            default -> throw new InvalidKeyException("its form " + block.label() + " is not known");
        };
    }

    private static boolean belong(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (open instanceof RSAKey one && secret instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        String algorithm = open.getAlgorithm();
        Signature signature = Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
        signature.initSign(secret);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        return signature.verify(signed);
    }
}
