package org.heraldlb.api;

import java.util.Comparator;
import java.util.Objects;

/**
 * Something an operator should know about, with a code that stays the same for ever.
 *
 * @param code stable, lower camel case, such as {@code overlappingPrefix}
 * @param severity {@link Severity#ERROR} when something was refused or does not work
 * @param subject what it is about: an {@code ObjectRef}'s text, an interface, an announcer
 * @param text one line: what is wrong, with the value and the rule; never a secret
 * @param place where the input stands, empty strings where that is unknown
 * @param fix what to do about it, empty when there is no good advice
 */
public record Problem(String code, Severity severity, String subject, String text, Place place, String fix)
        implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::subject)
            .thenComparing(Problem::code)
            .thenComparing(Problem::text)
            .thenComparing(Problem::severity)
            .thenComparing(problem -> problem.place().toString())
            .thenComparing(Problem::fix);

    /** How bad it is. */
    public enum Severity {
        /** Refused, or not working. */
        ERROR,
        /** Works, but probably not as meant. */
        WARNING
    }

    /**
     * Where an input stands.
     *
     * @param document file name and document index, or the object's name at its source
     * @param path JSON path inside the document, such as {@code spec.addresses[2]}
     * @param value the refused value as text, empty for secrets
     */
    public record Place(String document, String path, String value) {
        public static final Place UNKNOWN = new Place("", "", "");
    }

    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(text);
        Objects.requireNonNull(place);
        Objects.requireNonNull(fix);
    }

    /** An error without a place in a document. */
    public static Problem error(String code, String subject, String text) {
        return new Problem(code, Severity.ERROR, subject, text, Place.UNKNOWN, "");
    }

    /** A warning without a place in a document. */
    public static Problem warning(String code, String subject, String text) {
        return new Problem(code, Severity.WARNING, subject, text, Place.UNKNOWN, "");
    }

    public Problem at(String document, String path, String value) {
        return new Problem(code, severity, subject, text, new Place(document, path, value), fix);
    }

    public Problem withFix(String newFix) {
        return new Problem(code, severity, subject, text, place, newFix);
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }
}
