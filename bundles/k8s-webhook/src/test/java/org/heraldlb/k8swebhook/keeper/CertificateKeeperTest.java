package org.heraldlb.k8swebhook.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.k8swebhook.certificate.Maker;
import org.heraldlb.k8swebhook.certificate.Policy;
import org.heraldlb.k8swebhook.certificate.Renewal;
import org.heraldlb.k8swebhook.certificate.Wallet;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

class CertificateKeeperTest {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final ManualLoop loop = new ManualLoop();
    private final List<Credential> served = new ArrayList<>();
    private final List<Optional<Problem>> told = new ArrayList<>();
    private Credential given = made();
    private boolean broken;
    private int looks;

    private static Credential made() {
        Policy policy = Policy.of(List.of("h"), Duration.ofDays(1), Duration.ofDays(4));
        return new Renewal(policy, new Maker(policy))
                .next(Wallet.EMPTY, Instant.EPOCH)
                .serving()
                .orElseThrow();
    }

    private Credential current() throws Unavailable {
        looks++;
        if (broken) {
            throw new Unavailable("away");
        }
        return given;
    }

    @Test
    void aNewOneIsServedOnceAndTheLastOneStaysWhileNothingCanBeRead() {
        CertificateKeeper keeper =
                CertificateKeeper.start(loop, (now, complain) -> current(), PERIOD, served::add, told::add);
        loop.runPosted();
        assertThat(served).containsExactly(given);
        next();
        assertThat(served).hasSize(1);
        broken = true;
        next();
        broken = false;
        given = made();
        next();
        assertThat(served).hasSize(2).last().isEqualTo(given);
        assertThat(looks).isGreaterThanOrEqualTo(4);
        keeper.close();
    }

    @Test
    void whatDoesNotWorkIsToldAndTriedAgainSoon() {
        CertificateKeeper keeper =
                CertificateKeeper.start(loop, (now, complain) -> current(), PERIOD, served::add, told::add);
        broken = true;
        loop.runPosted();
        assertThat(told).hasSize(1);
        Problem problem = told.get(0).orElseThrow();
        assertThat(problem.code()).isEqualTo("webhookCertificate");
        assertThat(problem.text()).isEqualTo("its certificate is not kept: away");
        broken = false;
        loop.advance(PERIOD.dividedBy(2));
        assertThat(told).hasSize(2).last().isEqualTo(Optional.empty());
        assertThat(served).containsExactly(given);
        loop.advance(PERIOD.dividedBy(2));
        assertThat(told).as("no hurry any more").hasSize(2);
        keeper.close();
    }

    private void next() {
        loop.advance(PERIOD);
    }
}
