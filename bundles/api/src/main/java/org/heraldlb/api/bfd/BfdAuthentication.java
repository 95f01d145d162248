package org.heraldlb.api.bfd;

import org.heraldlb.api.intent.SecretValue;

/**
 * How the packets of a session are authenticated (RFC 5880 section 6.7).
 *
 * @param type what is sent and expected
 * @param keyId 0 to 255, the same at both ends
 * @param key 1 to 16 octets of UTF-8 (20 for SHA1)
 */
public record BfdAuthentication(Type type, int keyId, SecretValue key) {

    /** RFC 5880 section 4.1, Auth Type. */
    public enum Type {
        SIMPLE_PASSWORD(1),
        KEYED_MD5(2),
        METICULOUS_KEYED_MD5(3),
        KEYED_SHA1(4),
        METICULOUS_KEYED_SHA1(5);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /** The number on the wire. */
        public int code() {
            return code;
        }
    }
}
