package org.heraldlb.membership.engine;

import java.util.List;
import org.heraldlb.membership.protocol.Timing;

/**
 * @param node this node's name
 * @param cluster name of the cluster
 * @param sources where the peers' addresses come from
 * @param bind our address among them; empty: the one that this host has
 * @param port of UDP and TCP
 * @param key shared by all nodes; empty: none
 * @param insecure go without a key
 * @param size nodes that the cluster has in all, the basis of majorities; 0: as many as there are addresses
 * @param timing how fast
 * @param ping ask the host of a silent node, and count the node as gone at once when that is silent too
 */
public record Settings(
        String node,
        String cluster,
        Sources sources,
        String bind,
        int port,
        String key,
        boolean insecure,
        int size,
        Timing timing,
        boolean ping) {

    /** A shorter key is refused: it can be guessed from one recorded packet. */
    public static final int SHORTEST_KEY = 16;

    /**
     * @param peers addresses or names
     * @param dns a name with an address for each node; empty: none
     * @param kubernetes the addresses of the cluster's Node objects
     */
    public record Sources(List<String> peers, String dns, boolean kubernetes) {
        public Sources {
            peers = List.copyOf(peers);
        }

        /** Nothing is given: this node stays alone, and no port is opened. */
        public boolean isEmpty() {
            return peers.isEmpty() && dns.isEmpty() && !kubernetes;
        }
    }

    @Override
    public String toString() {
        return "Settings[" + node + ", " + cluster + ", " + sources + ", " + bind + ":" + port + ", " + timing + "]";
    }
}
