package org.heraldlb.bfd.auth;

import java.nio.ByteBuffer;
import org.heraldlb.bfd.packet.ControlPacket;

/** Signs what one session sends and judges what it receives. One session owns it. */
public interface Authenticator {

    /** Packets carry no authentication, and those that do are refused (RFC 5880 section 6.8.6). */
    Authenticator NONE = new Authenticator() {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public void sign(ByteBuffer packet) {
            // There is no section to write.
        }

        @Override
        public boolean accept(ControlPacket packet) {
            return !packet.has(ControlPacket.AUTHENTICATION);
        }

        @Override
        public void forgetSequence() {
            // There is none.
        }
    };

    /** Length of the authentication section that {@link #sign} appends, 0 to 28. */
    int length();

    /**
     * Appends the section to a packet that stands complete before the buffer's position, from 0 on, with its A bit and
     * its Length already set.
     */
    void sign(ByteBuffer packet);

    /** Judges a well-formed packet; a sequence number counts only once the digest is right. */
    boolean accept(ControlPacket packet);

    /** The peer has been silent for twice its detection time: RFC 5880 section 6.8.1, bfd.AuthSeqKnown. */
    void forgetSequence();
}
