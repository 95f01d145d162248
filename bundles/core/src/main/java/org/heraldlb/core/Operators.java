package org.heraldlb.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Maintenance.Order;
import org.heraldlb.api.system.NodeControl;
import org.heraldlb.runtime.EventLoop;

/** What operators ask, posted to the loop. */
final class Operators implements NodeControl {

    private final EventLoop loop;
    private final Reconciler reconciler;

    Operators(EventLoop loop, Reconciler reconciler) {
        this.loop = loop;
        this.reconciler = reconciler;
    }

    private void ask(BiConsumer<Upkeep, Instant> question) {
        loop.execute(() ->
                reconciler.order(upkeep -> question.accept(upkeep, loop.ticker().wallClock())));
    }

    private static Optional<Order> order(Optional<Duration> period, String reason, Instant now) {
        return Optional.of(new Order(reason, now, period.map(now::plus)));
    }

    @Override
    public void drain(String reason) {
        ask((upkeep, now) -> upkeep.drain(
                new Order(reason, now, Optional.empty()), loop.ticker().nanos()));
    }

    @Override
    public void undrain() {
        ask((upkeep, now) -> upkeep.undrain());
    }

    @Override
    public void withdraw(IpAddress address, Optional<Duration> period, String reason) {
        ask((upkeep, now) -> upkeep.change(upkeep.orders().withWithdrawn(address, order(period, reason, now))));
    }

    @Override
    public void restore(IpAddress address) {
        ask((upkeep, now) -> upkeep.change(upkeep.orders().withWithdrawn(address, Optional.empty())));
    }

    @Override
    public void disablePeer(String peer, Optional<Duration> period, String reason) {
        ask((upkeep, now) -> upkeep.change(upkeep.orders().withDisabled(peer, order(period, reason, now))));
    }

    @Override
    public void enablePeer(String peer) {
        ask((upkeep, now) -> upkeep.change(upkeep.orders().withDisabled(peer, Optional.empty())));
    }
}
