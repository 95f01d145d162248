package org.heraldlb.api;

/**
 * An announcer whose peers know only one of this node at a time, such as a BGP speaker: it must let go before its
 * successor may begin, and without a farewell that would make the peers forget.
 */
public interface HandOver {

    /**
     * Ends what is on the wire as a restart would: sessions close without a word where the peer keeps the routes
     * meanwhile (RFC 4724), and with one where it does not. Nothing is announced until the next plan, which makes it
     * begin again. Any thread; returns at once; again or after close: {@code done} is called, nothing else happens.
     *
     * @param done called once, on any thread, when the peers' ports and addresses are free for the successor
     */
    void letGo(Runnable done);
}
