package org.heraldlb.bgp.packet;

import java.util.HexFormat;

/** Bytes of messages as text. */
public final class Hex {

    private static final String MARKER = "ffffffffffffffffffffffffffffffff";

    private Hex() {}

    /** Blanks are ignored. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** A whole message: marker and length are put before {@code typeAndBody}. */
    public static byte[] message(String typeAndBody) {
        byte[] rest = bytes(typeAndBody);
        return bytes(MARKER
                + String.format("%04x", 18 + rest.length)
                + HexFormat.of().formatHex(rest));
    }

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
