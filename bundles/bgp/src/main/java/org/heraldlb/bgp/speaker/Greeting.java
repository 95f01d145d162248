package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import org.heraldlb.bgp.packet.Open;

/** What we say first on each connection with a peer. On the loop only. */
final class Greeting {

    private final Surroundings around;
    private final long startedAt;

    /** The peer is new from now on. */
    Greeting(Surroundings around) {
        this.around = around;
        startedAt = around.now();
    }

    /**
     * @param local our end of the connection
     * @param first no session with the peer was up yet; soon after the start that means that we restarted (RFC 4724)
     */
    Open open(PeerConfig config, InetSocketAddress local, boolean first) {
        long restart = around.settings().timers().restart().toNanos();
        return config.opens().open(identifier(config, local), first && around.now() - startedAt < restart);
    }

    /** RFC 4271: one of our IPv4 addresses; RFC 6286: any number will do. */
    private int identifier(PeerConfig config, InetSocketAddress local) {
        return config.routerId()
                .or(() -> around.settings().routerId())
                .or(() -> Policies.v4(local.getAddress(), around.addresses()))
                .map(address -> (int) address.low())
                .orElseGet(() -> LocalAddresses.fromName(around.node()));
    }
}
