package org.heraldlb.manifest;

import java.util.Optional;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;

/**
 * A community as documents write it: {@code 65001:100}, or {@code large:65001:1:2}. Exactly one is present.
 *
 * @param standard RFC 1997
 * @param large RFC 8092
 */
public record CommunityText(Optional<Community> standard, Optional<LargeCommunity> large) {

    private static final String LARGE = "large";

    /** True when {@code text} is meant as a literal; otherwise it is the name of an alias. */
    public static boolean isLiteral(String text) {
        return text.indexOf(':') >= 0;
    }

    /**
     * Reads a literal.
     *
     * @throws IllegalArgumentException starting with {@code invalid community format} for a wrong number of parts, and
     *     with {@code invalid community value} for parts that are no numbers of the right size
     */
    public static CommunityText parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 2 -> new CommunityText(Optional.of(standard(text, parts)), Optional.empty());
            case 4 -> new CommunityText(Optional.empty(), Optional.of(large(text, parts)));
            default ->
                throw new IllegalArgumentException("invalid community format: \"" + text
                        + "\" is neither number:number nor large:number:number:number");
        };
    }

    /** The literal that {@code text} is, empty when it is none or a bad one. */
    public static Optional<CommunityText> of(String text) {
        if (!isLiteral(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    private static Community standard(String text, String[] parts) {
        return Community.of((int) part(text, parts[0], 0xffff), (int) part(text, parts[1], 0xffff));
    }

    private static LargeCommunity large(String text, String[] parts) {
        if (!parts[0].equals(LARGE)) {
            throw new IllegalArgumentException(
                    "invalid community value: \"" + text + "\" has four parts but does not start with \"large\"");
        }
        return new LargeCommunity(
                (int) part(text, parts[1], 0xffff_ffffL), (int) part(text, parts[2], 0xffff_ffffL), (int)
                        part(text, parts[3], 0xffff_ffffL));
    }

    private static long part(String text, String part, long most) {
        boolean number = !part.isEmpty() && part.length() <= 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = number ? Long.parseLong(part) : -1;
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "invalid community value: \"" + part + "\" in \"" + text + "\" is not a number of 0 to " + most);
        }
        return value;
    }

    /** As documents write it. */
    @Override
    public String toString() {
        return standard.map(Community::toString).orElseGet(() -> LARGE + ":" + large.orElseThrow());
    }
}
