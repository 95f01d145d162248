package org.heraldlb.bfd.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdAuthentication;

/** Makes the {@link Authenticator} that a configuration asks for. */
public final class Authenticators {

    private static final int MAX_PASSWORD = 16;
    private static final int MAX_SHA1_KEY = 20;

    private Authenticators() {}

    /** What is wrong with a configuration, in one line that does not tell the key. */
    public static Optional<String> fault(BfdAuthentication wanted) {
        int octets = key(wanted).length;
        int longest = isSha1(wanted.type()) ? MAX_SHA1_KEY : MAX_PASSWORD;
        if (wanted.keyId() < 0 || wanted.keyId() > 255) {
            return Optional.of("the key id of BFD authentication is 0 to 255, not " + wanted.keyId());
        }
        return octets >= 1 && octets <= longest
                ? Optional.empty()
                : Optional.of("the key of BFD authentication " + wanted.type() + " has 1 to " + longest
                        + " octets, not " + octets);
    }

    private static byte[] key(BfdAuthentication wanted) {
        return wanted.key().reveal().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param sequence the session's, whatever its key
     * @throws IllegalArgumentException as {@link #fault} says
     */
    static Authenticator create(BfdAuthentication wanted, Sequence sequence) {
        fault(wanted).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
        return switch (wanted.type()) {
            case SIMPLE_PASSWORD -> new SimplePassword(wanted.keyId(), key(wanted));
            case KEYED_MD5 -> digest(wanted, false, "MD5", sequence);
            case METICULOUS_KEYED_MD5 -> digest(wanted, true, "MD5", sequence);
            case KEYED_SHA1 -> digest(wanted, false, "SHA-1", sequence);
            case METICULOUS_KEYED_SHA1 -> digest(wanted, true, "SHA-1", sequence);
        };
    }

    private static Authenticator digest(BfdAuthentication wanted, boolean meticulous, String name, Sequence sequence) {
        return new KeyedDigest(wanted.type().code(), wanted.keyId(), meticulous, digest(name), key(wanted), sequence);
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
