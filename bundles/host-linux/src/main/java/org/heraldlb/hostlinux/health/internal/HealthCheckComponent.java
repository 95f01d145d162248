package org.heraldlb.hostlinux.health.internal;

import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.hostlinux.health.HealthRunner;
import org.heraldlb.hostlinux.health.SocketProber;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The health checker as a service. Without a check to run it has threads that sleep and no socket. */
@Component(service = HealthChecker.class, immediate = true)
public final class HealthCheckComponent implements HealthChecker {

    private final SocketProber prober;
    private final HealthRunner runner;

    @Activate
    public HealthCheckComponent() throws IOException {
        prober = SocketProber.open();
        runner = new HealthRunner(prober, new SplittableRandom(), ThreadEventLoop.start("health", Ticker.SYSTEM));
    }

    @Override
    public void watch(Set<HealthCheck> checks) {
        runner.watch(checks);
    }

    @Override
    public HealthVerdicts current() {
        return runner.current();
    }

    @Override
    public Registration observe(Consumer<? super HealthVerdicts> observer) {
        return runner.observe(observer);
    }

    @Deactivate
    public void close() {
        runner.close();
        prober.close();
    }
}
