package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.net.IpAddress;

/** A client that remembers what it was told. */
final class TestRequest implements BfdSessionRequest {

    // High multipliers: these tests show what happens, and must show it on a machine that stalls for half a second.
    static final BfdSessionTiming FAST = new BfdSessionTiming(30_000, 30_000, 25, 0, false, 254);
    static final BfdSessionTiming SLOW = new BfdSessionTiming(90_000, 90_000, 25, 0, false, 254);

    private final BlockingQueue<BfdSessionState> states = new LinkedBlockingQueue<>();
    volatile BfdSessionKey key;
    volatile BfdSessionTiming timing = FAST;
    volatile Optional<BfdAuthentication> authentication = Optional.empty();

    TestRequest(BfdSessionKey key) {
        this.key = key;
    }

    static TestRequest to(IpAddress peer) {
        return new TestRequest(new BfdSessionKey(peer, Optional.empty(), Optional.empty(), false));
    }

    static TestRequest over(String link, IpAddress peer) {
        return new TestRequest(new BfdSessionKey(peer, Optional.empty(), Optional.of(link), false));
    }

    @Override
    public BfdSessionKey key() {
        return key;
    }

    @Override
    public BfdSessionTiming timing() {
        return timing;
    }

    @Override
    public Optional<BfdAuthentication> authentication() {
        return authentication;
    }

    @Override
    public String client() {
        return "test:" + key.peer();
    }

    @Override
    public void stateChanged(BfdSessionState state) {
        states.add(state);
    }

    /** Waits for a state; others before it are passed over. */
    BfdSessionState await(BfdState wanted) throws InterruptedException {
        while (true) {
            BfdSessionState state = states.poll(60, TimeUnit.SECONDS);
            assertThat(state).as("waiting for " + wanted).isNotNull();
            if (state.state() == wanted) {
                return state;
            }
        }
    }
}
