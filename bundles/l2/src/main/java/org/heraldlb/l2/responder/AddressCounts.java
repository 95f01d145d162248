package org.heraldlb.l2.responder;

import java.util.concurrent.atomic.LongAdder;

/** What happened to one address on all interfaces together. Any thread counts. */
public final class AddressCounts {

    private final LongAdder requests = new LongAdder();
    private final LongAdder responses = new LongAdder();
    private final LongAdder gratuitous = new LongAdder();

    /** A question that was to be answered came in. */
    public void requested() {
        requests.increment();
    }

    /** A reply left. */
    public void responded() {
        responses.increment();
    }

    /** A frame nobody asked for left. */
    public void announced() {
        gratuitous.increment();
    }

    public long requests() {
        return requests.sum();
    }

    public long responses() {
        return responses.sum();
    }

    public long gratuitous() {
        return gratuitous.sum();
    }
}
