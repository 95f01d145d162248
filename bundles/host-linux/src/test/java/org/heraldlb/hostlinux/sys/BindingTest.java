package org.heraldlb.hostlinux.sys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
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
        assertThat(Calls.openSocket(-1, -1, -1)).isNegative();
        assertThat(Errno.text(Native.getLastError())).isNotBlank();
        assertThat(Binding.holders(Calls.class)).isEqualTo(before);
    }
}
