package org.heraldlb.bfd.sessions;

import java.time.Duration;
import org.heraldlb.runtime.Backoff;

/** How long to wait before a socket is tried again. */
final class Pauses {

    static final Backoff.Policy POLICY = new Backoff.Policy(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0.25);

    private Pauses() {}
}
