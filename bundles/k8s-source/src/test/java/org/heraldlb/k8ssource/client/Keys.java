package org.heraldlb.k8ssource.client;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Keys in all forms, and certificates, which the JDK makes none of. */
final class Keys {

    static final String VALID = "20990101000000Z";
    static final String EXPIRED = "20010101000000Z";

    private static final byte[] ECDSA_SHA256 = Der.element(Der.SEQUENCE, hex("06082a8648ce3d040302"));
    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final byte[] LOCALHOST = hex("301a0603551d11041330118704" + "7f000001" + "82096c6f63616c686f7374");

    private Keys() {}

    /** @param kind with its parameter: RSA/2048, EC/secp384r1, Ed25519 */
    static KeyPair pair(String kind) throws GeneralSecurityException {
        String[] parts = kind.split("/", 2);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(parts[0]);
        switch (parts[0]) {
            case "RSA" -> generator.initialize(Integer.parseInt(parts[1]));
            case "EC" -> generator.initialize(new ECGenParameterSpec(parts[1]));
            default -> {}
        }
        return generator.generateKeyPair();
    }

    /** PKCS #8, as openssl genpkey writes it. */
    static String pkcs8(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** PKCS #1: lies in PKCS #8 as it is. */
    static String pkcs1(KeyPair pair) {
        return pem("RSA PRIVATE KEY", inner(pair));
    }

    /** SEC 1 without curve and public key: lies in PKCS #8 as it is. */
    static String sec1Bare(KeyPair pair) {
        return pem("EC PRIVATE KEY", inner(pair));
    }

    /** SEC 1 as openssl ec and k3s write it: with curve and public key. */
    static String sec1(KeyPair pair) {
        byte[] bare = inner(pair);
        byte[] secret = Arrays.copyOfRange(bare, 5, 5 + 2 + bare[6]);
        byte[] info = pair.getPublic().getEncoded();
        byte[] algorithm = Der.first(info);
        byte[] bits = Arrays.copyOfRange(info, 2 + algorithm.length + (info[1] < 0 ? 1 : 0), info.length);
        byte[] curve = Arrays.copyOfRange(algorithm, 2 + 9, algorithm.length);
        byte[] key =
                Der.element(Der.SEQUENCE, hex("020101"), secret, Der.element(0xa0, curve), Der.element(0xa1, bits));
        return pem("EC PARAMETERS", curve) + pem("EC PRIVATE KEY", key);
    }

    /** What the OCTET STRING of PKCS #8 has: the last of version, algorithm and key. */
    private static byte[] inner(KeyPair pair) {
        byte[] outer = pair.getPrivate().getEncoded();
        byte[] algorithm = Der.first(pair.getPublic().getEncoded());
        for (int length = 0; length < outer.length; length++) {
            byte[] contents = Arrays.copyOfRange(outer, outer.length - length, outer.length);
            byte[] whole = Der.element(Der.SEQUENCE, hex("020100"), algorithm, Der.element(Der.OCTETS, contents));
            if (Arrays.equals(whole, outer)) {
                return contents;
            }
        }
        throw new IllegalArgumentException("another form");
    }

    static X509Certificate certificate(String name, PublicKey open, String end, String issuer, KeyPair by)
            throws GeneralSecurityException {
        byte[] signed = Der.element(
                Der.SEQUENCE,
                hex("a003020102" + "020101"),
                ECDSA_SHA256,
                name(issuer),
                Der.element(Der.SEQUENCE, time("20000101000000Z"), time(end)),
                name(name),
                open.getEncoded(),
                Der.element(0xa3, Der.element(Der.SEQUENCE, LOCALHOST)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(signed);
        byte[] bits = Der.element(0x03, new byte[1], signature.sign());
        byte[] whole = Der.element(Der.SEQUENCE, signed, ECDSA_SHA256, bits);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] name(String name) {
        byte[] text = Der.element(0x0c, name.getBytes(StandardCharsets.UTF_8));
        return Der.element(Der.SEQUENCE, Der.element(0x31, Der.element(Der.SEQUENCE, COMMON_NAME, text)));
    }

    private static byte[] time(String text) {
        return Der.element(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
