package org.heraldlb.l2.responder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.responder.Askers.Asker;
import org.junit.jupiter.api.Test;

final class AskersTest {

    private static final Claim TARGET = new Claim(IpAddress.parse("192.0.2.100"), true, new AddressCounts());
    private static final Claim OTHER = new Claim(IpAddress.parse("fd96::100"), true, new AddressCounts());

    private final Askers askers = new Askers();

    @Test
    void itCountsOneAskerOnceForEachTarget() {
        askers.note(1, 0, 7, TARGET, 100);
        askers.note(1, 0, 7, TARGET, 200);
        askers.note(1, 0, 7, OTHER, 300);

        assertThat(askers.askers())
                .extracting(Asker::target, Asker::count, Asker::firstNanos, Asker::lastNanos)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(TARGET.address(), 2L, 100L, 200L),
                        org.assertj.core.groups.Tuple.tuple(OTHER.address(), 1L, 300L, 300L));
    }

    @Test
    void aFloodOfInventedAskersTakesNoMoreRoom() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            askers.note(random.nextLong(1L << 48), 0, random.nextInt() & 0xffff_ffffL, TARGET, i);
        }
        askers.note(42, 0, 7, TARGET, 100_000);

        assertThat(askers.askers()).hasSizeLessThanOrEqualTo(Askers.CAPACITY);
        assertThat(askers.askers()).anyMatch(asker -> asker.mac().bits() == 42);
    }
}
