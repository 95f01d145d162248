package org.heraldlb.bfd.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import org.heraldlb.api.bfd.BfdAuthentication;

/** Makes the {@link Authenticator} that a configuration asks for. */
public final class Authenticators {

    private static final int MAX_PASSWORD = 16;
    private static final int MAX_SHA1_KEY = 20;

    private Authenticators() {}

    /**
     * @param random for the first sequence number
     * @throws IllegalArgumentException when the key id or the length of the key is out of range
     */
    public static Authenticator create(BfdAuthentication wanted, RandomGenerator random) {
        byte[] key = wanted.key().reveal().getBytes(StandardCharsets.UTF_8);
        int longest = isSha1(wanted.type()) ? MAX_SHA1_KEY : MAX_PASSWORD;
        if (wanted.keyId() < 0 || wanted.keyId() > 255 || key.length < 1 || key.length > longest) {
            throw new IllegalArgumentException("BFD authentication " + wanted.type()
                    + " wants a key id of 0 to 255 and a key of 1 to " + longest + " octets");
        }
        int first = random.nextInt();
        int code = wanted.type().code();
        return switch (wanted.type()) {
            case SIMPLE_PASSWORD -> new SimplePassword(wanted.keyId(), key);
            case KEYED_MD5 -> new KeyedDigest(code, wanted.keyId(), false, digest("MD5"), key, first);
            case METICULOUS_KEYED_MD5 -> new KeyedDigest(code, wanted.keyId(), true, digest("MD5"), key, first);
            case KEYED_SHA1 -> new KeyedDigest(code, wanted.keyId(), false, digest("SHA-1"), key, first);
            case METICULOUS_KEYED_SHA1 -> new KeyedDigest(code, wanted.keyId(), true, digest("SHA-1"), key, first);
        };
    }

    private static boolean isSha1(BfdAuthentication.Type type) {
        return type == BfdAuthentication.Type.KEYED_SHA1 || type == BfdAuthentication.Type.METICULOUS_KEYED_SHA1;
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no " + name, missing);
        }
    }
}
