package org.heraldlb.bgp.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Why a session ends (RFC 4271 section 4.5).
 *
 * @param code error code, 8 bits
 * @param subcode 8 bits
 * @param data the rest
 */
public record Notification(int code, int subcode, Octets data) implements Message {

    /** Longest shutdown text in bytes (RFC 9003; RFC 8203 allowed 128). */
    public static final int MAX_TEXT = 255;

    private static final int CEASE_SHUTDOWN = 2;
    private static final int CEASE_RESET = 4;
    private static final int CEASE_HARD_RESET = 9;

    public static Notification of(BgpError error) {
        return of(error, Octets.EMPTY);
    }

    public static Notification of(BgpError error, Octets data) {
        return new Notification(error.code(), error.subcode(), data);
    }

    /**
     * With a text for the other operator (RFC 9003 section 2): only administrative shutdown and reset carry one; for
     * other errors {@code text} is dropped. A text that is too long is cut at a character's end.
     */
    public static Notification withText(BgpError error, String text) {
        if (error != BgpError.SHUTDOWN && error != BgpError.RESET || text.isEmpty()) {
            return of(error);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_TEXT);
        while (length < utf8.length && (utf8[length] & 0xc0) == 0x80) {
            length--;
        }
        return of(
                error,
                Octets.of(
                        new Writer(length + 1).u8(length).bytes(utf8, 0, length).toArray()));
    }

    /** This error as a hard reset (RFC 8538 section 3.1): the peer must not treat it as a graceful restart. */
    public Notification hardReset() {
        Writer out = new Writer(2 + data.length()).u8(code).u8(subcode);
        data.writeTo(out);
        return of(BgpError.HARD_RESET, Octets.of(out.toArray()));
    }

    public boolean isHardReset() {
        return code == BgpError.CEASE && subcode == CEASE_HARD_RESET;
    }

    public boolean is(BgpError error) {
        return code == error.code() && subcode == error.subcode();
    }

    /** What a hard reset wraps; the notification itself when it is none, or wraps nothing. */
    public Notification unwrapped() {
        return isHardReset() && data.length() >= 2
                ? new Notification(data.at(0), data.at(1), Octets.copy(data.toArray(), 2, data.length()))
                : this;
    }

    /** The shutdown text, when it is there and is UTF-8 of the stated length (RFC 9003 section 4). */
    public Optional<String> text() {
        boolean carries = code == BgpError.CEASE && (subcode == CEASE_SHUTDOWN || subcode == CEASE_RESET);
        if (!carries || data.length() < 2 || data.at(0) == 0 || data.at(0) > data.length() - 1) {
            return Optional.empty();
        }
        try {
            ByteBuffer utf8 = ByteBuffer.wrap(data.toArray(), 1, data.at(0));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    @Override
    public int type() {
        return TYPE_NOTIFICATION;
    }

    /** One line for people; control characters of the peer's text are shown as dots. */
    public String describe() {
        Notification inner = unwrapped();
        return inner == this ? describeSelf() : name() + ": " + inner.describeSelf();
    }

    private String describeSelf() {
        return name()
                + text().map(text -> ": " + text.replaceAll("\\p{Cntrl}", ".")).orElse("");
    }

    private String name() {
        for (BgpError error : BgpError.values()) {
            if (is(error)) {
                return error.text() + " (" + code + "/" + subcode + ")";
            }
        }
        return code + "/" + subcode;
    }
}
