package org.heraldlb.membership.protocol;

/** What a participant wants done. Called from inside its methods. */
@FunctionalInterface
public interface Outbox {

    /** Send it to {@code place} now; it may get lost. */
    void send(String place, Beat beat);
}
