package org.heraldlb.k8swebhook.keeper;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the certificate, again and again. What does not work is said once, and the last good one is served on. */
public final class CertificateKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);

    private final EventLoop loop;
    private final Certificates certificates;
    private final Duration period;
    private final Consumer<Credential> serve;
    private Optional<Credential> served = Optional.empty();
    private String complaint = "";

    private CertificateKeeper(EventLoop loop, Certificates certificates, Duration period, Consumer<Credential> serve) {
        this.loop = loop;
        this.certificates = certificates;
        this.period = period;
        this.serve = serve;
    }

    /** Starts looking, at once and then every {@code period}. The keeper owns {@code loop}, which may wait. */
    public static CertificateKeeper start(
            EventLoop loop, Certificates certificates, Duration period, Consumer<Credential> serve) {
        CertificateKeeper keeper = new CertificateKeeper(loop, certificates, period, serve);
        loop.execute(keeper::look);
        return keeper;
    }

    private void look() {
        StringBuilder complaints = new StringBuilder();
        try {
            Credential now = certificates.current(loop.ticker().wallClock(), complaints::append);
            if (!served.equals(Optional.of(now))) {
                LOG.info("webhook: certificate {}", now);
                serve.accept(now);
                served = Optional.of(now);
            }
        } catch (Unavailable failure) {
            complaints.append(failure.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("webhook: looking after the certificate failed", fault);
        }
        complain(complaints.toString());
        loop.reschedule("look", loop.ticker().nanos() + period.toNanos(), this::look);
    }

    private void complain(String text) {
        if (!text.isEmpty() && !text.equals(complaint)) {
            LOG.warn("webhook: {}; trying again every {} s", text, period.toSeconds());
        } else if (text.isEmpty() && !complaint.isEmpty()) {
            LOG.info("webhook: its certificate is kept again");
        }
        complaint = text;
    }

    @Override
    public void close() {
        loop.close();
    }
}
