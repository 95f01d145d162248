package org.heraldlb.k8swebhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private static final Problem CERTIFICATE = Problem.error("webhookCertificate", "webhook", "away");
    private static final Problem PORT = Problem.error("webhookPort", "webhook", "in use");

    private final ManualLoop loop = new ManualLoop();
    private final Complaints complaints = new Complaints(loop, "w");

    private void tell(String part, Problem problem) {
        complaints.of(part).accept(Optional.ofNullable(problem));
        loop.runPosted();
    }

    @Test
    void eachPartHasItsOwnAndNothingIsToldTwice() {
        assertThat(complaints.fragment().current().synced())
                .as("core waits for none")
                .isTrue();
        tell("a", CERTIFICATE);
        tell("b", PORT);
        assertThat(complaints.fragment().current().problems()).containsExactly(CERTIFICATE, PORT);
        tell("b", PORT);
        assertThat(complaints.fragment().current().generation()).isEqualTo(2);
        tell("a", null);
        assertThat(complaints.fragment().current().problems()).containsExactly(PORT);
        tell("b", null);
        assertThat(complaints.fragment().current().problems()).isEmpty();
    }
}
