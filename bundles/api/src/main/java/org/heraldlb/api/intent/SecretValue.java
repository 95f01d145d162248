package org.heraldlb.api.intent;

/**
 * Text that must not reach a log, a status or a dump: it prints as {@code ***}.
 *
 * @param reveal the secret itself, for the code that needs it on the wire
 */
public record SecretValue(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
