package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.Claim;
import org.junit.jupiter.api.Test;

final class HearsayTest {

    private static final Claim CLAIM = new Claim(IpAddress.parse("192.0.2.100"), true, new AddressCounts());

    private int calls;
    private final Hearsay hearsay = new Hearsay(() -> calls++);

    private List<Long> drain() {
        List<Long> macs = new ArrayList<>();
        hearsay.drain((claim, mac, kind) -> macs.add(mac));
        return macs;
    }

    @Test
    void itCallsOnceUntilItIsDrained() {
        hearsay.tell(CLAIM, 1, Hearsay.Kind.CLAIMED);
        hearsay.tell(CLAIM, 2, Hearsay.Kind.CLAIMED);
        assertThat(calls).isEqualTo(1);

        assertThat(drain()).containsExactly(1L, 2L);
        hearsay.tell(CLAIM, 3, Hearsay.Kind.CLAIMED);

        assertThat(calls).isEqualTo(2);
        assertThat(drain()).containsExactly(3L);
        assertThat(drain()).isEmpty();
    }

    @Test
    void aFloodIsDropped() {
        for (int i = 0; i < 100_000; i++) {
            hearsay.tell(CLAIM, i, Hearsay.Kind.CLAIMED);
        }

        assertThat(calls).isEqualTo(1);
        assertThat(drain()).hasSize(Hearsay.CAPACITY);
    }

    @Test
    void whatWasAskedForDoesNotWakeTheLoopBeforeTheBoxIsHalfFull() {
        for (int i = 0; i < Hearsay.CAPACITY / 2; i++) {
            hearsay.tell(CLAIM, i, Hearsay.Kind.WATCHED);
        }
        assertThat(calls).isZero();

        hearsay.tell(CLAIM, 99, Hearsay.Kind.WATCHED);
        assertThat(calls).isEqualTo(1);
        assertThat(drain()).hasSize(Hearsay.CAPACITY / 2 + 1);

        hearsay.tell(CLAIM, 1, Hearsay.Kind.WATCHED);
        hearsay.tell(CLAIM, 2, Hearsay.Kind.CLAIMED);
        assertThat(calls).isEqualTo(2);
    }
}
