package org.heraldlb.hostlinux.health;

import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;

/** Tries a service once. */
@FunctionalInterface
public interface Prober {

    /**
     * Starts one try; returns at once.
     *
     * @param done called once at most, from any thread, perhaps before this method returns
     * @return gives the try up; {@code done} may still be called when it is on its way
     */
    Registration probe(HealthCheck check, Consumer<ProbeResult> done);
}
