package org.heraldlb.membership.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and authenticates by a shared key (AES-256-GCM). Each process draws a salt and derives a key of its own from
 * it, and counts its messages: no nonce is ever used twice with one key. Sealed bytes: salt (16), count (8), ciphertext
 * with tag. Repetition is not prevented here; beats do not mind it.
 *
 * <p>Any thread.
 */
public final class Seal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int SALT = 16;
    private static final int HEAD = SALT + Long.BYTES;
    private static final int TAG_BITS = 128;
    private static final int REMEMBERED = 128;

    private final byte[] salt = new byte[SALT];
    private final AtomicLong count = new AtomicLong();
    /** Finding the provider costs more than what it is asked to do. */
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Seal::cipher);

    private final SecretKeySpec master;
    private final SecretKey own;
    private final Map<ByteBuffer, SecretKey> others = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, SecretKey> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param key shared by all nodes; long and random */
    public Seal(String key, SecureRandom random) {
        master = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        random.nextBytes(salt);
        own = derived(salt);
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance(CIPHER);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecretKey derived(byte[] from) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(master);
            mac.update("herald membership 1".getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(mac.doFinal(from), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public byte[] close(byte[] plain, int offset, int length) {
        long number = count.incrementAndGet();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, own, number);
            ByteBuffer out = ByteBuffer.allocate(HEAD + cipher.getOutputSize(length));
            out.put(salt).putLong(number);
            cipher.doFinal(ByteBuffer.wrap(plain, offset, length), out);
            return out.array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What was sealed with the same key, null for anything else. */
    public byte[] open(byte[] sealed, int offset, int length) {
        if (length < HEAD + TAG_BITS / Byte.SIZE) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(sealed, offset, length);
        byte[] theirs = new byte[SALT];
        in.get(theirs);
        long number = in.getLong();
        ByteBuffer name = ByteBuffer.wrap(theirs);
        SecretKey key = remembered(name);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key == null ? derived(theirs) : key, number)
                    .doFinal(sealed, in.position(), in.remaining());
            if (key == null) {
                remember(name);
            }
            return plain;
        } catch (GeneralSecurityException forged) {
            return null;
        }
    }

    private SecretKey remembered(ByteBuffer name) {
        synchronized (others) {
            return others.get(name);
        }
    }

    /** Only what has proved to be ours, so that forgers cannot push it out. */
    private void remember(ByteBuffer name) {
        SecretKey key = derived(name.array());
        synchronized (others) {
            others.put(name, key);
        }
    }

    private Cipher cipher(int mode, SecretKey key, long number) throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        byte[] nonce = ByteBuffer.allocate(12).putLong(4, number).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
