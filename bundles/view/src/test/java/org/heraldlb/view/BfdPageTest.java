package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heraldlb.testkit.BfdSnapshots.PEER;
import static org.heraldlb.testkit.BfdSnapshots.session;
import static org.heraldlb.testkit.BfdSnapshots.snapshot;

import java.util.List;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdState;
import org.junit.jupiter.api.Test;

class BfdPageTest {

    private static String diagnosis(SessionView session) {
        return BfdPage.of(snapshot(session), PEER.toString()).get(0).diagnosis(Paper.PLAIN);
    }

    @Test
    void aListIsATableAndJson() {
        BfdSnapshot snapshot = snapshot(session(BfdState.UP, 60_000));
        assertThat(BfdRow.table(snapshot, Paper.PLAIN).lines())
                .containsExactly(
                        "PEER       PATH   STATE  REMOTE  SINCE                 SEND    RECEIVE  DETECT  DOWNS  CLIENTS",
                        "192.0.2.1  %eth0  Up     Up      1970-01-01T00:00:00Z  100 ms  50 ms    150 ms      1  bgp:tor1");
        assertThat(Json.compact(BfdRow.tree(snapshot)))
                .contains("\"state\":\"Up\"", "\"detectionMicros\":150000", "\"TTL\":7");
        assertThat(BfdRow.table(BfdSnapshot.EMPTY, Paper.PLAIN)).isEqualTo("no BFD sessions\n");
    }

    @Test
    void aPageShowsBothSides() {
        BfdPage page =
                BfdPage.of(snapshot(session(BfdState.UP, 60_000)), "192.0.2.1").get(0);
        assertThat(page.text(Paper.PLAIN))
                .startsWith("BFD 192.0.2.1 %eth0\nState           Up since")
                .contains("0x1234 here, 0xabcd there", "send every 40 ms, receive every 90 ms, multiplier 3")
                .contains("gone after 150 ms", "longest 60 ms", "DOWN -> UP");
        assertThat(Json.compact(List.of(page))).contains("\"ups\":2", "\"findings\":[");
    }

    @Test
    void anUnknownPeerIsOneLineWithAGuess() {
        assertThatThrownBy(() -> BfdPage.of(snapshot(session(BfdState.UP, 1)), "192.0.2.2"))
                .hasMessage("no BFD session with \"192.0.2.2\"; did you mean 192.0.2.1?");
    }

    @Test
    void theDoctorJudgesMarginsAndReasons() {
        assertThat(diagnosis(session(BfdState.UP, 60_000)))
                .contains("good      Up, the peer is watched", "7 packets thrown away (TTL, all sessions)");
        assertThat(diagnosis(session(BfdState.UP, 110_000))).contains("doubtful  the longest gap");
        assertThat(diagnosis(session(BfdState.INIT, 1))).contains("bad       the peer is heard, but does not hear us");
        assertThat(diagnosis(session(BfdState.DOWN, 1))).contains("bad       nothing has been heard since");
        assertThat(diagnosis(session(BfdState.ADMIN_DOWN, 1))).contains("doubtful  taken down on purpose");
    }
}
