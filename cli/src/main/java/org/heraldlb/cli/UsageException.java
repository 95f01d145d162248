package org.heraldlb.cli;

/** The command line makes no sense: one line that says why. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
