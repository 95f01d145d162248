package org.heraldlb.k8ssource;

import java.time.Duration;
import java.util.Locale;

/**
 * What becomes of services while the API server cannot be reached.
 *
 * @param action what to do
 * @param hold how long they are held for {@link Action#HOLD_FOR}
 */
public record LossPolicy(Action action, Duration hold) {

    /** Values of {@code on.control.plane.loss}. */
    public enum Action {
        /** The last known state is announced for as long as it takes. */
        HOLD,
        /** For a while; then as {@link #WITHDRAW}. */
        HOLD_FOR,
        /** Nothing is announced. */
        WITHDRAW;

        /** @throws IllegalArgumentException naming the choices */
        public static Action parse(String text) {
            for (Action action : values()) {
                if (action.text().equals(text.strip())) {
                    return action;
                }
            }
            throw new IllegalArgumentException(
                    "on.control.plane.loss is hold, hold-for or withdraw, not \"" + text + "\"");
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** True when services are withdrawn after {@code lostNanos} without the API server. */
    public boolean withdraws(long lostNanos) {
        return switch (action) {
            case HOLD -> false;
            case HOLD_FOR -> lostNanos >= hold.toNanos();
            case WITHDRAW -> true;
        };
    }
}
