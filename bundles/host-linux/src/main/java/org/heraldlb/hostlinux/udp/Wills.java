package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;

/** Keeps wills until somebody inherits or their time is over. Whoever takes one out of the map has it alone. */
final class Wills implements AutoCloseable {

    /** Nobody stays to repeat the last packet. */
    private static final int COPIES = 3;

    private final Map<String, UdpWill> open = new ConcurrentHashMap<>();
    private final EventLoop loop = ThreadEventLoop.start("herald-wills", Ticker.SYSTEM);

    void leave(UdpWill will, long nanos) {
        UdpWill before = open.put(will.name(), will);
        if (before != null) {
            execute(before);
        }
        loop.execute(() -> loop.reschedule(will.name(), loop.ticker().nanos() + nanos, () -> expire(will)));
    }

    Optional<UdpWill> inherit(String name) {
        return Optional.ofNullable(open.remove(name));
    }

    private void expire(UdpWill will) {
        if (open.remove(will.name(), will)) {
            execute(will);
        }
    }

    private static void execute(UdpWill will) {
        try {
            for (int copy = 0; copy < COPIES; copy++) {
                will.socket().send(will.last(), will.to(), will.scope(), will.port());
            }
        } catch (IOException unreachable) {
            // There is nobody left to tell.
        }
        will.socket().close();
    }

    /** Executes what is left. */
    @Override
    public void close() {
        loop.close();
        open.values().forEach(this::expire);
    }
}
