package org.heraldlb.bfd.auth;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.heraldlb.bfd.packet.ControlPacket;

/** Simple password (RFC 5880 section 6.7.2): keeps honest systems apart, and no more than that. */
final class SimplePassword implements Authenticator {

    private static final int TYPE = 1;
    private static final int HEAD = 3;

    private final int keyId;
    private final byte[] password;
    private final byte[] theirs;

    SimplePassword(int keyId, byte[] password) {
        this.keyId = keyId;
        this.password = password;
        this.theirs = new byte[password.length];
    }

    @Override
    public int length() {
        return HEAD + password.length;
    }

    @Override
    public void sign(ByteBuffer packet) {
        packet.put((byte) TYPE).put((byte) length()).put((byte) keyId).put(password);
    }

    @Override
    public boolean accept(ControlPacket packet) {
        int expected = ControlPacket.LENGTH + length();
        if (!packet.has(ControlPacket.AUTHENTICATION) || packet.length() != expected) {
            return false;
        }
        ByteBuffer bytes = packet.buffer();
        int section = bytes.position() + ControlPacket.LENGTH;
        boolean head = bytes.get(section) == TYPE
                && bytes.get(section + 1) == length()
                && bytes.get(section + 2) == (byte) keyId;
        bytes.get(section + HEAD, theirs);
        return head && MessageDigest.isEqual(theirs, password);
    }

    @Override
    public void forgetSequence() {
        // There is none.
    }
}
