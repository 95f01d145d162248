package org.heraldlb.manifest;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.manifest.check.Lint;

/** What is allowed, but hardly meant. Pure; any thread. */
public final class Linter {

    private Linter() {}

    /** Warnings about {@code intent}, which has passed the cross-check; sorted. */
    public static List<Problem> lint(Intent intent) {
        return List.copyOf(Lint.run(intent));
    }
}
