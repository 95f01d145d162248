package org.heraldlb.membership.protocol;

/** What a participant wants done. Called from inside its methods. */
@FunctionalInterface
public interface Outbox {

    /** Send it to {@code place} now; it may get lost. */
    void send(String place, Beat beat);

    /**
     * Ask the host of {@code place} for a sign of life, whatever its process does, and tell
     * {@link Participant#reachable} or, with the question's number, {@link Participant#unreachable}, later. Without either there is no difference.
     */
    default void ask(String place, long question) {
        // Who cannot ask waits for the detection time.
    }
}
