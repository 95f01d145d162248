package org.heraldlb.testkit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Peer.As;
import org.heraldlb.api.intent.Peer.Authentication;
import org.heraldlb.api.intent.Peer.Endpoint;
import org.heraldlb.api.intent.Peer.Options;
import org.heraldlb.api.intent.Peer.Timers;

/** Builds a {@link Peer}; see {@link Intents#peer}. */
public final class PeerBuilder {

    private final String name;
    private List<LabelSelector> nodeSelectors = List.of();
    private As as = new As(64_512, OptionalLong.of(64_513), Optional.empty(), OptionalLong.empty());
    private Endpoint endpoint;
    private Timers timers = Timers.DEFAULT;
    private Authentication authentication = Authentication.NONE;
    private Options options = Options.DEFAULT;

    PeerBuilder(String name, String address) {
        this.name = name;
        endpoint = new Endpoint(
                Optional.of(Intents.ip(address)), Optional.empty(), Optional.empty(), 179, Optional.empty(), false);
    }

    public PeerBuilder nodeSelectors(LabelSelector... selectors) {
        nodeSelectors = List.of(selectors);
        return this;
    }

    /** Ours and the neighbour's; equal ones make it iBGP. */
    public PeerBuilder as(long myAsn, long peerAsn) {
        return as(new As(myAsn, OptionalLong.of(peerAsn), Optional.empty(), OptionalLong.empty()));
    }

    public PeerBuilder as(As value) {
        as = value;
        return this;
    }

    public PeerBuilder endpoint(Endpoint value) {
        endpoint = value;
        return this;
    }

    public PeerBuilder timers(Timers value) {
        timers = value;
        return this;
    }

    public PeerBuilder authentication(Authentication value) {
        authentication = value;
        return this;
    }

    public PeerBuilder options(Options value) {
        options = value;
        return this;
    }

    public Peer build() {
        return new Peer(
                ObjectRef.of(Kind.BGP_PEER, name),
                Intents.ORIGIN,
                nodeSelectors,
                as,
                endpoint,
                timers,
                authentication,
                options);
    }
}
