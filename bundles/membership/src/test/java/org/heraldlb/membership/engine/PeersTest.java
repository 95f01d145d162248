package org.heraldlb.membership.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.membership.protocol.Self;
import org.heraldlb.membership.protocol.Timing;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final Timing TIMING =
            Timing.of(Duration.ofMillis(100), Duration.ofMillis(600), Duration.ofMillis(600));

    private static Settings settings(List<String> peers, String dns, String bind, int size) {
        Settings.Sources sources = new Settings.Sources(peers, dns, false);
        return new Settings("node", "lab", sources, bind, 7946, "", true, size, TIMING, true);
    }

    private static List<String> codes(Peers peers) {
        return peers.problems().stream().map(Problem::code).toList();
    }

    @Test
    void ownIsTheOneThatThisHostHas() {
        Peers peers = Peers.lookUp(settings(List.of("192.0.2.11", "127.0.0.1"), "", "", 0), List.of());

        assertThat(peers.places()).containsExactly("127.0.0.1", "192.0.2.11");
        assertThat(peers.own()).map(InetAddress::getHostAddress).contains("127.0.0.1");
        assertThat(peers.problems()).isEmpty();
    }

    @Test
    void whoIsNotAmongThePeersSaysSo() {
        Peers peers = Peers.lookUp(settings(List.of("192.0.2.11", "192.0.2.12"), "", "", 0), List.of());

        assertThat(peers.own()).isEmpty();
        assertThat(codes(peers)).containsExactly("notAmongPeers");
    }

    @Test
    void bindIsAmongThePlaces() {
        Peers peers = Peers.lookUp(settings(List.of("192.0.2.11"), "", "192.0.2.12", 0), List.of());

        assertThat(peers.own()).map(InetAddress::getHostAddress).contains("192.0.2.12");
        assertThat(peers.places()).containsExactly("192.0.2.11", "192.0.2.12");
    }

    @Test
    void aNameWithoutAnAddressIsAProblemAndTheOthersCount() {
        Peers peers = Peers.lookUp(settings(List.of("127.0.0.1", "nobody.invalid"), "", "", 0), List.of());

        assertThat(codes(peers)).containsExactly("peerNotResolved");
        assertThat(peers.places()).containsExactly("127.0.0.1");
    }

    @Test
    void nodesOfTheClusterArePlaces() throws Exception {
        List<InetAddress> nodes = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("192.0.2.5"));

        assertThat(Peers.lookUp(settings(List.of(), "", "", 0), nodes).places())
                .containsExactly("127.0.0.1", "192.0.2.5");
    }

    @Test
    void majoritiesAreOfAllPlacesOrOfTheSizeThatWasTold() {
        List<String> three = List.of("127.0.0.1", "192.0.2.2", "192.0.2.3");
        assertThat(majority(settings(three, "", "", 0))).isEqualTo(2);
        assertThat(majority(settings(three, "", "", 5))).isEqualTo(3);
        assertThat(majority(settings(three, "", "", 1))).isEqualTo(2);
    }

    @Test
    void aNameServerAloneMakesNoMajority() {
        assertThat(majority(settings(List.of(), "localhost", "", 0))).isZero();
        assertThat(majority(settings(List.of(), "localhost", "", 3))).isEqualTo(2);
    }

    private static int majority(Settings settings) {
        return Peers.lookUp(settings, List.of()).majority(settings);
    }

    @Test
    void moreThanTheMostAreLeftOut() {
        List<String> many = new ArrayList<>(List.of("127.0.0.1"));
        for (int i = 1; i <= Self.MOST + 3; i++) {
            many.add("192.0.2." + i);
        }
        Peers peers = Peers.lookUp(settings(many, "", "", 0), List.of());

        assertThat(peers.places()).hasSize(Self.MOST).contains("127.0.0.1");
        assertThat(codes(peers)).contains("tooManyPeers");
    }
}
