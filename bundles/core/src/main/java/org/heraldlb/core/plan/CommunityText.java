package org.heraldlb.core.plan;

import java.util.Optional;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;

/** Literals of communities: {@code 65001:100} and {@code large:1:2:3}. Anything else is none. */
final class CommunityText {

    private static final String LARGE = "large";
    private static final long MAX_16_BITS = 0xffff;
    private static final long MAX_32_BITS = 0xffff_ffffL;

    private CommunityText() {}

    static Optional<Community> standard(String literal) {
        String[] parts = literal.split(":", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        long high = number(parts[0], MAX_16_BITS);
        long low = number(parts[1], MAX_16_BITS);
        return high < 0 || low < 0 ? Optional.empty() : Optional.of(Community.of((int) high, (int) low));
    }

    static Optional<LargeCommunity> large(String literal) {
        String[] parts = literal.split(":", -1);
        if (parts.length != 4 || !parts[0].equals(LARGE)) {
            return Optional.empty();
        }
        long global = number(parts[1], MAX_32_BITS);
        long first = number(parts[2], MAX_32_BITS);
        long second = number(parts[3], MAX_32_BITS);
        boolean bad = global < 0 || first < 0 || second < 0;
        return bad ? Optional.empty() : Optional.of(new LargeCommunity((int) global, (int) first, (int) second));
    }

    /** The number, -1 when the text is none or it is too large. */
    private static long number(String text, long max) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(text) : -1;
        return value <= max ? value : -1;
    }
}
