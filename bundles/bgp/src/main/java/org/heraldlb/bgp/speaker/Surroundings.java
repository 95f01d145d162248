package org.heraldlb.bgp.speaker;

import java.util.random.RandomGenerator;
import org.heraldlb.bgp.rib.BatchCache;

/**
 * What all sessions of a speaker share.
 *
 * @param transport and with it the loop
 * @param settings for all peers
 * @param addresses ours
 * @param batches encodings
 * @param random jitter
 * @param node name of this node
 */
record Surroundings(
        Transport transport,
        SpeakerSettings settings,
        LocalAddresses addresses,
        BatchCache batches,
        RandomGenerator random,
        String node) {

    /** The same on the node that a plan names. */
    Surroundings at(String planNode) {
        return new Surroundings(transport, settings, addresses, batches, random, planNode);
    }

    long now() {
        return transport.loop().ticker().nanos();
    }
}
