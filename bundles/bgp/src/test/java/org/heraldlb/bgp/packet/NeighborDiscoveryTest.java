package org.heraldlb.bgp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighborDiscoveryTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final IpAddress OWN = IpAddress.parse("fe80::1");

    @Test
    void an_advertisement_is_these_bytes() {
        assertThat(Hex.of(NeighborDiscovery.advertisement(MAC, OWN)))
                .isEqualTo("333300000001" + "020000000001" + "86dd"
                        + "60000000" + "0018" + "3a" + "ff"
                        + "fe800000000000000000000000000001" + "ff020000000000000000000000000001"
                        + "86003925" + "40000000" + "00000000" + "00000000" + "0101020000000001");
    }

    @Test
    void an_advertiser_is_found_in_what_it_sent() {
        byte[] frame = NeighborDiscovery.advertisement(MAC, OWN);
        assertThat(NeighborDiscovery.advertiser(frame, frame.length)).contains(OWN);
        byte[] longer = Arrays.copyOf(frame, 200);
        assertThat(NeighborDiscovery.advertiser(longer, 90))
                .as("padding does no harm")
                .contains(OWN);
    }

    @Test
    void a_solicitation_is_no_advertisement() {
        byte[] frame = NeighborDiscovery.solicitation(MAC, OWN);
        assertThat(NeighborDiscovery.advertiser(frame, frame.length)).isEmpty();
    }

    @Test
    void a_cut_frame_is_none() {
        byte[] frame = NeighborDiscovery.advertisement(MAC, OWN);
        for (int length = 0; length < frame.length; length++) {
            assertThat(NeighborDiscovery.advertiser(Arrays.copyOf(frame, length), length))
                    .isEmpty();
        }
        assertThat(NeighborDiscovery.advertiser(frame, frame.length + 1)).isEmpty();
    }

    @Test
    void a_router_that_is_not_on_the_link_is_not_taken() {
        byte[] far = NeighborDiscovery.advertisement(MAC, OWN);
        far[14 + 7] = 64;
        assertThat(NeighborDiscovery.advertiser(far, far.length))
                .as("hop limit")
                .isEmpty();
        byte[] global = NeighborDiscovery.advertisement(MAC, IpAddress.parse("2001:db8::1"));
        assertThat(NeighborDiscovery.advertiser(global, global.length))
                .as("source")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void one_damaged_byte_of_address_or_message_is_noticed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            byte[] frame = NeighborDiscovery.advertisement(MAC, OWN);
            int at = 22 + random.nextInt(frame.length - 22);
            frame[at] ^= (byte) (1 + random.nextInt(255));
            assertThat(NeighborDiscovery.advertiser(frame, frame.length))
                    .as("seed " + seed + " byte " + at)
                    .isEmpty();
        }
    }
}
