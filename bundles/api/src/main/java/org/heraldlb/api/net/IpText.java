package org.heraldlb.api.net;

/** Text of addresses: RFC 4291 section 2.2 in, RFC 5952 out. */
final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    static IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            return IpAddress.v4(parseV4(text, text));
        }
        long[] halves = parseV6(text);
        boolean mapped = halves[0] == 0 && halves[1] >>> 32 == 0xffff;
        return mapped ? IpAddress.v4((int) halves[1]) : IpAddress.v6(halves[0], halves[1]);
    }

    private static int parseV4(String part, String whole) {
        int value = 0;
        int start = 0;
        for (int octet = 0; octet < 4; octet++) {
            int end = octet == 3 ? part.length() : part.indexOf('.', start);
            if (end < 0) {
                throw bad(whole);
            }
            value = value << 8 | octet(part, start, end, whole);
            start = end + 1;
        }
        return value;
    }

    private static int octet(String text, int start, int end, String whole) {
        int length = end - start;
        if (length < 1 || length > 3 || length > 1 && text.charAt(start) == '0') {
            throw bad(whole);
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw bad(whole);
            }
            value = value * 10 + c - '0';
        }
        if (value > 255) {
            throw bad(whole);
        }
        return value;
    }

    private static long[] parseV6(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            if (groups(text, groups, text) != GROUPS) {
                throw bad(text);
            }
        } else {
            int[] tail = new int[GROUPS];
            if (text.indexOf('.') >= 0 && text.indexOf('.') < gap) {
                throw bad(text);
            }
            int before = groups(text.substring(0, gap), groups, text);
            int after = groups(text.substring(gap + 2), tail, text);
            if (before + after >= GROUPS) {
                throw bad(text);
            }
            System.arraycopy(tail, 0, groups, GROUPS - after, after);
        }
        return new long[] {half(groups, 0), half(groups, 4)};
    }

    private static long half(int[] groups, int from) {
        return (long) groups[from] << 48
                | (long) groups[from + 1] << 32
                | (long) groups[from + 2] << 16
                | groups[from + 3];
    }

    /** Reads colon-separated groups from the front of {@code into}; the last one may be a dotted quad. */
    private static int groups(String part, int[] into, String whole) {
        if (part.isEmpty()) {
            return 0;
        }
        String[] words = part.split(":", -1);
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            boolean quad = i == words.length - 1 && words[i].indexOf('.') >= 0;
            if (count + (quad ? 2 : 1) > GROUPS) {
                throw bad(whole);
            }
            if (quad) {
                int v4 = parseV4(words[i], whole);
                into[count++] = v4 >>> 16;
                into[count++] = v4 & 0xffff;
            } else {
                into[count++] = group(words[i], whole);
            }
        }
        return count;
    }

    private static int group(String word, String whole) {
        if (word.isEmpty() || word.length() > 4) {
            throw bad(whole);
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw bad(whole);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an IP address");
    }

    static String format(IpAddress address) {
        if (address.isV4()) {
            long v = address.low();
            return (v >> 24) + "." + (v >> 16 & 255) + "." + (v >> 8 & 255) + "." + (v & 255);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = (int) (half >>> 48 - 16 * (i & 3)) & 0xffff;
        }
        return formatV6(groups);
    }

    private static String formatV6(int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(groups, i);
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }
}
