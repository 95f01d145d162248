package org.heraldlb.hostlinux.health;

import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What health checks tell the log: changes of verdicts, not results. */
final class HealthLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.hostlinux.health");

    private HealthLog() {}

    static void turned(HealthCheck check, boolean healthy, ProbeResult last) {
        if (healthy) {
            LOG.info("health check {} passes ({})", text(check), last.detail());
        } else {
            LOG.warn("health check {} fails: {}", text(check), last.detail());
        }
    }

    private static String text(HealthCheck check) {
        return check.type() + " " + check.host() + " port " + check.port()
                + check.httpPath().map(" "::concat).orElse("");
    }
}
