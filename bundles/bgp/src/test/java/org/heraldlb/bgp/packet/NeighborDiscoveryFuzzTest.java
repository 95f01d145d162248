package org.heraldlb.bgp.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any frame from the link: a router or nothing. */
class NeighborDiscoveryFuzzTest {

    @FuzzTest(maxDuration = "50s")
    void reads_or_ignores(byte[] data) {
        NeighborDiscovery.advertiser(data, data.length);
    }
}
