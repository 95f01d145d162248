package org.heraldlb.k8swebhook.keeper;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the certificate, again and again, and sooner while something does not work: that is said, in the log once, and
 * the last good one is served on.
 */
public final class CertificateKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);

    private static final Duration SOON = Duration.ofSeconds(5);

    private final EventLoop loop;
    private final Certificates certificates;
    private final Duration period;
    private final Consumer<Credential> serve;
    private final Consumer<Optional<Problem>> tell;
    private Optional<Credential> served = Optional.empty();
    private String complaint = "";

    private CertificateKeeper(
            EventLoop loop,
            Certificates certificates,
            Duration period,
            Consumer<Credential> serve,
            Consumer<Optional<Problem>> tell) {
        this.loop = loop;
        this.certificates = certificates;
        this.period = period;
        this.serve = serve;
        this.tell = tell;
    }

    /**
     * Starts looking, at once and then every {@code period}. The keeper owns {@code loop}, which may wait.
     *
     * @param tell what does not work, after each look
     */
    public static CertificateKeeper start(
            EventLoop loop,
            Certificates certificates,
            Duration period,
            Consumer<Credential> serve,
            Consumer<Optional<Problem>> tell) {
        CertificateKeeper keeper = new CertificateKeeper(loop, certificates, period, serve, tell);
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
            complaints.append(fault);
        }
        Duration pause = complaints.isEmpty() || period.compareTo(SOON) < 0 ? period : SOON;
        complain(complaints.toString(), pause);
        loop.reschedule("look", loop.ticker().nanos() + pause.toNanos(), this::look);
    }

    private void complain(String text, Duration pause) {
        if (!text.isEmpty() && !text.equals(complaint)) {
            LOG.warn("webhook: {}; trying again every {} s", text, pause.toSeconds());
        } else if (text.isEmpty() && !complaint.isEmpty()) {
            LOG.info("webhook: its certificate is kept again");
        }
        complaint = text;
        tell.accept(Optional.of(text).filter(some -> !some.isEmpty()).map(CertificateKeeper::problem));
    }

    private static Problem problem(String text) {
        return Problem.error("webhookCertificate", "webhook", "its certificate is not kept: " + text)
                .withFix("see docs/operations/webhook.md");
    }

    @Override
    public void close() {
        loop.close();
    }
}
