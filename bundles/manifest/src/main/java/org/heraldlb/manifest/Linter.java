package org.heraldlb.manifest;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Intent;

/** What is allowed, but hardly meant. */
public final class Linter {

    private Linter() {}

    /** Warnings about {@code intent}, sorted. */
    public static List<Problem> lint(Intent intent) {
        return List.of();
    }
}
