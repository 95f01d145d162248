package org.heraldlb.k8ssource.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.heraldlb.k8ssource.client.Candidacy.Act;
import org.junit.jupiter.api.Test;

final class CandidacyTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Candidacy candidacy = new Candidacy("node-a");

    @Test
    void aLeaseThatIsMissingOrGivenBackIsTaken() {
        assertThat(candidacy.decide(Optional.empty(), 0)).isEqualTo(Act.TAKE);
        assertThat(decide("", "1", 0)).isEqualTo(Act.TAKE);
    }

    @Test
    void ourOwnIsRenewedEvenAfterARestart() {
        assertThat(decide("node-a", "1", 0)).isEqualTo(Act.RENEW);
        assertThat(decide("node-a", "1", 100)).isEqualTo(Act.RENEW);
    }

    @Test
    void aHolderThatRenewsIsLeftAloneForEver() {
        for (int second = 0; second < 100; second += 2) {
            assertThat(decide("node-b", "v" + second, second)).isEqualTo(Act.WAIT);
        }
    }

    @Test
    void aHolderThatDoesNotRenewIsReplacedAfterItsDurationAsMeasuredHere() {
        assertThat(decide("node-b", "1", 50)).isEqualTo(Act.WAIT);
        assertThat(decide("node-b", "1", 59)).isEqualTo(Act.WAIT);
        assertThat(candidacy.nextNanos(59 * SECOND)).isEqualTo(60 * SECOND);
        assertThat(decide("node-b", "1", 60)).isEqualTo(Act.TAKE);
    }

    @Test
    void aHolderGivesUpBeforeAnybodyElseMayTakeOver() {
        assertThat(Candidacy.RENEW_DEADLINE).isLessThan(Candidacy.LEASE_DURATION);
    }

    @Test
    void theHoldersOwnDurationCounts() {
        Candidacy.Seen slow = new Candidacy.Seen("node-b", "1", Duration.ofSeconds(60));
        assertThat(candidacy.decide(Optional.of(slow), 0)).isEqualTo(Act.WAIT);
        assertThat(candidacy.decide(Optional.of(slow), 59 * SECOND)).isEqualTo(Act.WAIT);
        assertThat(candidacy.decide(Optional.of(slow), 60 * SECOND)).isEqualTo(Act.TAKE);
    }

    private Act decide(String holder, String version, long seconds) {
        return candidacy.decide(
                Optional.of(new Candidacy.Seen(holder, version, Duration.ofSeconds(10))), seconds * SECOND);
    }
}
