package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.rib.EncodingPolicy;
import org.heraldlb.bgp.speaker.AnnouncementStates.PeerTables;
import org.junit.jupiter.api.Test;

class AnnouncementStatesTest {

    private static final List<Route> TABLE = Loopback.routes(3);

    private static EncodingPolicy policy(Family family) {
        return new EncodingPolicy(
                65001,
                false,
                true,
                4096,
                Set.of(family),
                new EncodingPolicy.NextHops(
                        Optional.of(IpAddress.parse("10.0.0.1")), Optional.empty(), Optional.empty(), false),
                false);
    }

    private static PeerTables up(String peer, List<Route> wanted, List<Route> told) {
        return new PeerTables(peer, wanted, told, true, policy(Family.IPV4_UNICAST));
    }

    private static PeerTables down(String peer, List<Route> wanted) {
        return new PeerTables(peer, wanted, List.of(), false, null);
    }

    @Test
    void without_peers_there_is_nothing() {
        assertThat(AnnouncementStates.of(List.of())).isEmpty();
    }

    @Test
    void a_table_that_all_know_is_announced() {
        List<AnnouncementStatus> states = AnnouncementStates.of(List.of(up("b", TABLE, TABLE), up("a", TABLE, TABLE)));
        assertThat(states).hasSize(3).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(State.ANNOUNCED);
            assertThat(status.places()).containsExactly("a", "b");
        });
    }

    @Test
    void a_peer_that_is_down_makes_it_partial_and_all_of_them_pending() {
        assertThat(AnnouncementStates.of(List.of(up("a", TABLE, TABLE), down("b", TABLE))))
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(State.PARTIAL));
        assertThat(AnnouncementStates.of(List.of(down("a", TABLE), down("b", TABLE))))
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(State.PENDING));
    }

    @Test
    void a_family_that_no_session_carries_fails() {
        PeerTables six = new PeerTables("a", TABLE, TABLE, true, policy(Family.IPV6_UNICAST));
        assertThat(AnnouncementStates.of(List.of(six))).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.detail()).isNotEmpty();
        });
    }

    @Test
    void different_tables_are_put_together() {
        List<Route> shorter = TABLE.subList(0, 1);
        List<AnnouncementStatus> states =
                AnnouncementStates.of(List.of(up("a", TABLE, shorter), up("b", shorter, shorter)));
        assertThat(states)
                .extracting(AnnouncementStatus::state)
                .containsExactly(State.ANNOUNCED, State.PENDING, State.PENDING);
        assertThat(states.get(0).places()).containsExactly("a", "b");
    }

    @Test
    void equal_tables_in_equal_states_are_equal_whatever_they_are_made_of() {
        List<AnnouncementStatus> up = AnnouncementStates.of(List.of(up("a", TABLE, TABLE)));
        List<Route> copy = List.of(TABLE.get(0), TABLE.get(1), TABLE.get(2));
        assertThat(AnnouncementStates.of(List.of(up("a", TABLE, TABLE))))
                .isEqualTo(up)
                .hasSameHashCodeAs(up);
        assertThat(AnnouncementStates.of(List.of(up("a", copy, copy)))).isEqualTo(up);
        assertThat(AnnouncementStates.of(List.of(down("a", TABLE)))).isNotEqualTo(up);
        assertThat(AnnouncementStates.of(List.of(down("a", copy)))).isNotEqualTo(up);
    }
}
