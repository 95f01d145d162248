package org.heraldlb.hostlinux.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BindingTest {

    private static final int FLAGS = Calls.SOCK_CLOEXEC | Calls.SOCK_NONBLOCK;

    @Test
    void theLastOneThatIsClosedEndsItAndTheNextOneBindsAgain() {
        for (int round = 0; round < 3; round++) {
            int before = Binding.holders(Calls.class);
            int one = Calls.openEvent(0, FLAGS);
            int other = Calls.openEvent(0, FLAGS);
            assertThat(Binding.holders(Calls.class)).isEqualTo(before + 2);
            Calls.shut(one);
            Calls.shut(other);
            assertThat(Binding.holders(Calls.class)).isEqualTo(before);
        }
    }

    @Test
    void whatIsRefusedHoldsNothing() {
        int before = Binding.holders(Calls.class);
        assertThat(Calls.openSocket(-1, Calls.SOCK_DGRAM, 0)).isNegative();
        assertThat(Calls.errno()).as("still that of socket(2): EAFNOSUPPORT").isEqualTo(97);
        assertThat(Binding.holders(Calls.class)).isEqualTo(before);
    }
}
