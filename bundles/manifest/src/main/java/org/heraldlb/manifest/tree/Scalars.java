package org.heraldlb.manifest.tree;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a plain scalar means. Kubernetes' tools read YAML 1.1 with Go's accents, so this does too: {@code yes} and
 * {@code on} are booleans, {@code 0755} is octal, {@code 1_000} is a number.
 */
final class Scalars {

    private static final Map<String, Boolean> BOOLEANS = Map.ofEntries(
            Map.entry("true", true),
            Map.entry("True", true),
            Map.entry("TRUE", true),
            Map.entry("false", false),
            Map.entry("False", false),
            Map.entry("FALSE", false),
            Map.entry("yes", true),
            Map.entry("Yes", true),
            Map.entry("YES", true),
            Map.entry("no", false),
            Map.entry("No", false),
            Map.entry("NO", false),
            Map.entry("on", true),
            Map.entry("On", true),
            Map.entry("ON", true),
            Map.entry("off", false),
            Map.entry("Off", false),
            Map.entry("OFF", false),
            Map.entry("y", true),
            Map.entry("Y", true),
            Map.entry("n", false),
            Map.entry("N", false));

    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    /** Longer numerals are text: no number that a document may hold needs as many digits. */
    private static final int LONGEST_NUMERAL = 64;

    /** Any decimal of so many digits is a long. */
    private static final int LONGEST_SHORT = 18;

    private Scalars() {}

    /** The value of plain text: null, Boolean, Long, BigInteger, Double or the text itself. */
    static Object plain(String text) {
        if (text.isEmpty() || text.equals("~") || text.equals("null") || text.equals("Null") || text.equals("NULL")) {
            return null;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
            return number(text);
        }
        Boolean truth = BOOLEANS.get(text);
        return truth == null ? text : truth;
    }

    /** True when plain text would not mean itself, so that it must be quoted to be a string. */
    static boolean meansSomethingElse(String text) {
        return !(plain(text) instanceof String);
    }

    static Object number(String text) {
        if (isShortDecimal(text)) {
            return Long.valueOf(text);
        }
        if (text.length() > LONGEST_NUMERAL) {
            return text;
        }
        if (text.equals(".nan") || text.equals(".NaN") || text.equals(".NAN")) {
            return Double.NaN;
        }
        String digits = text.replace("_", "");
        Object whole = integer(digits);
        if (whole != null) {
            return whole;
        }
        if (FLOAT.matcher(digits).matches()) {
            return Double.valueOf(digits);
        }
        return infinity(text);
    }

    /** What nearly every number is: a few digits without a sign, the first no zero unless it is alone. */
    private static boolean isShortDecimal(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST_SHORT || length > 1 && text.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static Object infinity(String text) {
        return switch (text) {
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            default -> text;
        };
    }

    private static Object integer(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String body = signed ? text.substring(1) : text;
        int radix = radix(body);
        String digits = body.substring(prefix(body, radix));
        if (digits.isEmpty() || !allDigits(digits, radix)) {
            return null;
        }
        BigInteger value = new BigInteger(digits, radix);
        return narrow(text.startsWith("-") ? value.negate() : value);
    }

    private static int radix(String body) {
        if (body.length() < 2 || body.charAt(0) != '0') {
            return 10;
        }
        return switch (body.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    private static int prefix(String body, int radix) {
        return switch (radix) {
            case 10 -> 0;
            case 8 -> body.charAt(1) == 'o' || body.charAt(1) == 'O' ? 2 : 1;
            default -> 2;
        };
    }

    private static boolean allDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127 || Character.digit(c, radix) < 0) {
                return false;
            }
        }
        return true;
    }

    static Object narrow(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }
}
