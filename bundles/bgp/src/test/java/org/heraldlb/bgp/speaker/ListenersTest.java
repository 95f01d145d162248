package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the speaker listens when peers are in VRFs. The fake's peer is 10.0.0.2 in each of them. */
class ListenersTest {

    private final FakeTransport transport = new FakeTransport();
    private final Speaker speaker = new Speaker(
            new Surroundings(
                    transport,
                    new SpeakerSettings(Optional.empty(), 179, SpeakerSettings.Timers.DEFAULT, false, 10),
                    (local, family) -> Optional.empty(),
                    new BatchCache(),
                    new SplittableRandom(7),
                    ""),
            BfdPort.NONE);
    private long generation;

    @AfterEach
    void close() {
        speaker.close();
    }

    /** One peer for each VRF; an empty name: in none. */
    private void apply(String... vrfs) {
        List<PeerPlan> peers = Stream.of(vrfs).map(ListenersTest::peer).toList();
        speaker.apply(new BgpPlan(generation++, "node", peers));
        transport.manual().runPosted();
    }

    private static PeerPlan peer(String vrf) {
        Peer.Endpoint endpoint = new Peer.Endpoint(
                Optional.of(IpAddress.parse("10.0.0.2")),
                Optional.empty(),
                Optional.empty(),
                179,
                Optional.of(vrf).filter(name -> !name.isEmpty()),
                false);
        Peer peer = Intents.peer("tor" + vrf, "10.0.0.2")
                .as(65001, 65002)
                .endpoint(endpoint)
                .build();
        return new PeerPlan(peer, Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void each_vrf_with_peers_has_a_socket_of_its_own() {
        speaker.start();
        apply("", "red", "blue");
        assertThat(transport.listening()).containsExactly("", "blue", "red");
        assertThat(transport.expected("red")).singleElement().satisfies(peer -> assertThat(peer.device())
                .contains("red"));
        assertThat(transport.expected("")).singleElement().satisfies(peer -> assertThat(peer.device())
                .isEmpty());
        apply("", "blue");
        assertThat(transport.listening()).containsExactly("", "blue");
    }

    @Test
    void a_connection_belongs_to_the_peer_of_its_vrf() {
        speaker.start();
        apply("red");
        assertThat(transport.call("")).isEmpty();
        assertThat(transport.call("red")).isPresent();
    }

    @Test
    void a_vrf_that_is_not_there_is_tried_again_with_the_next_plan() {
        transport.present("red", false);
        speaker.start();
        apply("red");
        assertThat(transport.call("")).as("tcp_l3mdev_accept").isPresent();
        transport.present("red", true);
        apply("red");
        assertThat(transport.listening()).contains("red");
    }

    @Test
    void a_vrf_that_is_not_there_is_named_in_a_problem() {
        Listeners listeners = new Listeners(transport, (vrf, wire) -> Optional.empty(), () -> {});
        transport.present("red", false);
        listeners.open(179);
        listeners.serve(Set.of("red"));
        transport.manual().runPosted();
        assertThat(listeners.problems())
                .extracting(Problem::text)
                .containsExactly("port 179 in VRF red: No such device");
        transport.present("red", true);
        listeners.serve(Set.of("red"));
        transport.manual().runPosted();
        assertThat(listeners.problems()).isEmpty();
    }

    @Test
    void who_does_not_listen_listens_in_no_vrf() {
        apply("red");
        assertThat(transport.listening()).isEmpty();
    }
}
