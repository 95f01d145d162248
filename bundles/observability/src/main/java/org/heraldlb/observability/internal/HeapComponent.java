package org.heraldlb.observability.internal;

import org.heraldlb.observability.memory.HeapKeeper;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Keeps the heap small while nothing happens. */
@Component(
        immediate = true,
        service = {})
public final class HeapComponent {

    private final HeapKeeper keeper;

    @Activate
    public HeapComponent() {
        keeper = HeapKeeper.start(ThreadEventLoop.start("herald-heap", Ticker.SYSTEM));
    }

    @Deactivate
    void close() {
        keeper.close();
    }
}
