package org.heraldlb.k8ssource.client;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blocks of the textual encoding of keys and certificates (RFC 7468). */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /** One block; {@code body} is what stands between its two lines. */
    record Block(String label, String body) {

        boolean encrypted() {
            return label.startsWith("ENCRYPTED ") || body.contains("Proc-Type:");
        }

        /** @throws GeneralSecurityException when it is no Base64; its message does not show the block */
        byte[] der() throws GeneralSecurityException {
            try {
                return base64(body);
            } catch (IllegalArgumentException damaged) {
                throw new GeneralSecurityException("what stands between BEGIN " + label + " and END is no Base64");
            }
        }

        @Override
        public String toString() {
            return label; // the body may be a key
        }
    }

    /** All blocks; text around them says nothing. */
    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** @throws IllegalArgumentException when it is none */
    static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    }
}
