package org.heraldlb.core.ledger;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;

/**
 * Records as lines: {@code CRC32C(rest of the line, 8 hex digits) SPACE verb SPACE words... LF}, after the line
 * {@value #HEADER}. Words are percent-encoded, so none holds a blank or a line feed.
 */
public final class LedgerCodec {

    /** The first line; another format gets another number. */
    public static final String HEADER = "herald-ledger 1";

    private static final int CRC_DIGITS = 8;
    private static final String NO_WORD = "-";

    private LedgerCodec() {}

    /**
     * What a file says.
     *
     * @param records the readable ones, in order
     * @param goodBytes length up to the end of the last readable line: what follows is the torn end of an append
     * @param damage what is wrong besides a torn end; empty when nothing is
     */
    public record Decoded(List<LedgerRecord> records, int goodBytes, List<String> damage) {
        public Decoded {
            records = List.copyOf(records);
            damage = List.copyOf(damage);
        }
    }

    /** The first line as bytes. */
    public static byte[] header() {
        return (HEADER + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Lines for {@code records}. */
    public static byte[] encode(List<LedgerRecord> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        records.forEach(record -> out.writeBytes(line(words(record))));
        return out.toByteArray();
    }

    private static byte[] line(String body) {
        return (crc(body.getBytes(StandardCharsets.US_ASCII)) + " " + body + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String crc(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static String words(LedgerRecord record) {
        if (record instanceof LedgerRecord.Hold hold) {
            String addresses = String.join(
                    ",", hold.addresses().stream().map(IpAddress::toString).toList());
            return "hold " + name(hold.service()) + " " + word(hold.source()) + " " + addresses;
        }
        if (record instanceof LedgerRecord.Drop drop) {
            return "drop " + name(drop.service());
        }
        if (record instanceof LedgerRecord.Release release) {
            return "release " + release.address() + " " + name(release.by()) + " "
                    + release.until().getEpochSecond();
        }
        return "expire " + ((LedgerRecord.Expire) record).address();
    }

    private static String name(NamespacedName name) {
        return word(name.namespace()) + " " + word(name.name());
    }

    private static String word(String text) {
        return text.isEmpty()
                ? NO_WORD
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace(NO_WORD, "%2D");
    }

    private static String text(String word) {
        return word.equals(NO_WORD) ? "" : URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    /** Reads a file. Never throws: what cannot be read is torn, at the end, or damage, elsewhere. */
    public static Decoded decode(byte[] file) {
        byte[] header = header();
        if (file.length < header.length || !Arrays.equals(file, 0, header.length, header, 0, header.length)) {
            return salvage(file, 0, List.of("it does not begin with \"" + HEADER + "\""));
        }
        return salvage(file, header.length, List.of());
    }

    private static Decoded salvage(byte[] file, int start, List<String> damageBefore) {
        List<LedgerRecord> records = new ArrayList<>();
        List<String> damage = new ArrayList<>(damageBefore);
        List<String> bad = new ArrayList<>();
        int good = start;
        int lineNumber = start == 0 ? 0 : 1;
        for (int at = start; at < file.length; ) {
            int end = endOfLine(file, at);
            lineNumber++;
            LedgerRecord record = end < file.length ? record(file, at, end) : null;
            if (record != null) {
                // Only now is it clear that the bad lines before were not the torn end of the last append.
                damage.addAll(bad);
                bad.clear();
                records.add(record);
                good = end + 1;
            } else {
                bad.add("line " + lineNumber + " is not readable");
            }
            at = end + 1;
        }
        return new Decoded(records, good, damage);
    }

    private static int endOfLine(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The record of one line, null when the line is none. */
    private static LedgerRecord record(byte[] file, int from, int to) {
        if (to - from <= CRC_DIGITS + 1 || file[from + CRC_DIGITS] != ' ') {
            return null;
        }
        byte[] body = Arrays.copyOfRange(file, from + CRC_DIGITS + 1, to);
        String sum = new String(file, from, CRC_DIGITS, StandardCharsets.US_ASCII);
        return sum.equals(crc(body)) ? parse(new String(body, StandardCharsets.US_ASCII).split(" ", -1)) : null;
    }

    /** A line whose checksum is right can still be from another version: that one is not readable either. */
    private static LedgerRecord parse(String[] words) {
        try {
            return switch (words[0]) {
                case "hold" -> new LedgerRecord.Hold(name(words, 1), text(words[3]), addresses(words[4]));
                case "drop" -> new LedgerRecord.Drop(name(words, 1));
                case "release" ->
                    new LedgerRecord.Release(
                            IpAddress.parse(words[1]), name(words, 2), Instant.ofEpochSecond(Long.parseLong(words[4])));
                case "expire" -> new LedgerRecord.Expire(IpAddress.parse(words[1]));
                default -> null;
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException unreadable) {
            return null;
        }
    }

    private static NamespacedName name(String[] words, int at) {
        return new NamespacedName(text(words[at]), text(words[at + 1]));
    }

    private static List<IpAddress> addresses(String word) {
        return Arrays.stream(word.split(",", -1)).map(IpAddress::parse).toList();
    }
}
