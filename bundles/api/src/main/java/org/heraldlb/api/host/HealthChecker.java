package org.heraldlb.api.host;

import java.util.Set;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.intent.HealthCheck;

/** Runs health checks on this node. */
public interface HealthChecker extends SnapshotSource<HealthVerdicts> {

    /** Runs exactly these from now on, keeping the history of those that ran before. Any thread, returns at once. */
    void watch(Set<HealthCheck> checks);
}
