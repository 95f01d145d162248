package org.heraldlb.bfd.auth;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.heraldlb.bfd.packet.ControlPacket;

/**
 * Keyed and meticulous keyed MD5 and SHA1 (RFC 5880 sections 6.7.3 and 6.7.4). The digest covers the whole packet with
 * the key, padded with zeros, in the place of the digest. It is not an HMAC; the RFC predates that wisdom.
 *
 * <pre>
 * |   Auth Type   |   Auth Len    |  Auth Key ID  |   Reserved    |
 * |                        Sequence Number                        |
 * |                      Auth Key/Digest...                       |
 * </pre>
 */
final class KeyedDigest implements Authenticator {

    private static final int HEAD = 8;
    private static final int WINDOW = 3;

    private final int type;
    private final int keyId;
    private final boolean meticulous;
    private final MessageDigest digest;
    private final byte[] key;
    private final byte[] computed;
    private final byte[] theirs;
    private final Sequence sequence;
    private final byte[] whole = new byte[ControlPacket.MAX_LENGTH];
    private int lastContents;
    private int receiveSequence;
    private boolean sequenceKnown;

    /** {@code key} is at most as long as the digest. */
    KeyedDigest(int type, int keyId, boolean meticulous, MessageDigest digest, byte[] key, Sequence sequence) {
        this.type = type;
        this.keyId = keyId;
        this.meticulous = meticulous;
        this.digest = digest;
        this.key = Arrays.copyOf(key, digest.getDigestLength());
        this.computed = new byte[digest.getDigestLength()];
        this.theirs = new byte[digest.getDigestLength()];
        this.sequence = sequence;
    }

    @Override
    public int length() {
        return HEAD + key.length;
    }

    @Override
    public void sign(ByteBuffer packet) {
        int contents = contents(packet);
        boolean news = meticulous || contents != lastContents;
        lastContents = contents;
        packet.put((byte) type)
                .put((byte) length())
                .put((byte) keyId)
                .put((byte) 0)
                .putInt(news ? sequence.next() : sequence.last());
        packet.put(key);
        int end = packet.position();
        packet.get(0, whole, 0, end);
        compute(end);
        packet.put(end - key.length, computed);
    }

    /** The keyed forms need a new number only for new contents, lest a replay passes as news. */
    private static int contents(ByteBuffer packet) {
        int hash = 1;
        for (int i = 0; i < packet.position(); i++) {
            hash = 31 * hash + packet.get(i);
        }
        return hash;
    }

    private void compute(int length) {
        try {
            digest.reset();
            digest.update(whole, 0, length);
            digest.digest(computed, 0, computed.length);
        } catch (DigestException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public boolean accept(ControlPacket packet) {
        int expected = ControlPacket.LENGTH + length();
        if (!packet.has(ControlPacket.AUTHENTICATION) || packet.length() != expected) {
            return false;
        }
        ByteBuffer bytes = packet.buffer();
        int section = bytes.position() + ControlPacket.LENGTH;
        boolean head = bytes.get(section) == type
                && bytes.get(section + 1) == length()
                && bytes.get(section + 2) == (byte) keyId;
        int number = bytes.getInt(section + 4);
        if (!head || !isFresh(number, packet.detectMultiplier()) || !digestMatches(bytes, expected)) {
            return false;
        }
        receiveSequence = number;
        sequenceKnown = true;
        return true;
    }

    private boolean isFresh(int number, int multiplier) {
        if (!sequenceKnown) {
            return true;
        }
        long ahead = number - receiveSequence & 0xffff_ffffL;
        return ahead >= (meticulous ? 1 : 0) && ahead <= (long) WINDOW * multiplier;
    }

    private boolean digestMatches(ByteBuffer bytes, int length) {
        bytes.get(bytes.position(), whole, 0, length);
        System.arraycopy(whole, length - key.length, theirs, 0, key.length);
        System.arraycopy(key, 0, whole, length - key.length, key.length);
        compute(length);
        return MessageDigest.isEqual(theirs, computed);
    }

    @Override
    public void forgetSequence() {
        sequenceKnown = false;
    }
}
