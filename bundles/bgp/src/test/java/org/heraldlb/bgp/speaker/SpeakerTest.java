package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two speakers, real sockets, the loopback interface. */
class SpeakerTest {

    private int leftPort;
    private int rightPort;
    private Loopback left;
    private Loopback right;

    @BeforeEach
    void start() {
        leftPort = Loopback.freePort();
        rightPort = Loopback.freePort();
        left = Loopback.left(leftPort, rightPort);
        right = Loopback.right(rightPort, leftPort);
    }

    @AfterEach
    void stop() {
        left.close();
        right.close();
    }

    @Test
    void both_dial_and_one_session_carries_all_routes() {
        left.apply(Loopback.routes(5000));
        right.apply(List.of());
        SessionStatus up = right.await(session -> session.received() == 5000);
        assertThat(up.details()).containsEntry("remoteAs", "65001").containsEntry("session", "external");
        AnnouncerStatus told = left.awaitStatus(status -> status.announcements().size() == 5000
                && status.announcements().get(4999).state() == AnnouncementStatus.State.ANNOUNCED);
        assertThat(told.announcements().get(0).places()).containsExactly("other");
        assertThat(told.observedGeneration()).isZero();
    }

    @Test
    void routes_come_and_go_without_a_reset() {
        left.apply(Loopback.routes(10));
        right.apply(List.of());
        right.await(session -> session.received() == 10);
        left.apply(Loopback.routes(3));
        right.await(session -> session.received() == 3);
        left.apply(Loopback.routes(30_000));
        SessionStatus last = right.await(session -> session.received() == 30_000);
        assertThat(last.details()).containsEntry("flaps", "0").containsEntry("established", "1");
    }

    @Test
    void a_passive_speaker_waits_for_the_other() {
        left.passive().apply(List.of());
        right.apply(Loopback.routes(1));
        assertThat(left.awaitUp().details()).containsEntry("connectAttempts", "0");
        left.await(session -> session.received() == 1);
    }

    @Test
    void removing_a_peer_says_cease() {
        left.apply(List.of());
        right.apply(List.of());
        left.awaitUp();
        right.awaitUp();
        left.removePeer();
        SessionStatus down = right.await(session -> session.state() != State.ESTABLISHED);
        assertThat(down.lastError()).contains("peer de-configured (6/3)");
    }

    @Test
    void removing_a_graceful_peer_says_hard_reset() {
        left.graceful().apply(List.of());
        right.graceful().apply(List.of());
        left.awaitUp();
        right.awaitUp();
        left.removePeer();
        SessionStatus down = right.await(session -> session.state() != State.ESTABLISHED);
        assertThat(down.lastError()).contains("hard reset (6/9): peer de-configured (6/3)");
    }

    @Test
    void a_graceful_speaker_that_closes_says_nothing_and_its_successor_says_that_it_restarted() {
        left.graceful().apply(Loopback.routes(5));
        right.graceful().apply(List.of());
        right.await(session -> session.received() == 5);
        left.close();
        SessionStatus down = right.await(session -> session.state() != State.ESTABLISHED);
        assertThat(down.lastError()).doesNotContain("the peer says");
        left = Loopback.left(leftPort, rightPort).graceful();
        left.apply(Loopback.routes(5));
        SessionStatus again = right.await(session -> session.received() == 5);
        assertThat(again.details().get("capabilitiesReceived")).contains("graceful-restart(5 s R N)");
    }

    @Test
    void a_speaker_that_lets_go_says_nothing_frees_its_port_and_begins_again_with_the_next_plan() throws Exception {
        left.graceful().apply(Loopback.routes(5));
        right.graceful().apply(List.of());
        right.await(session -> session.received() == 5);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        left.speaker().letGo(() -> done.complete(true));
        assertThat(done.get(20, TimeUnit.SECONDS)).isTrue();
        SessionStatus down = right.await(session -> session.state() != State.ESTABLISHED);
        assertThat(down.lastError()).doesNotContain("the peer says");
        left.awaitStatus(status -> status.sessions().isEmpty());
        try (ServerSocket successor = new ServerSocket()) {
            successor.setReuseAddress(true);
            successor.bind(new InetSocketAddress(leftPort));
        }
        left.apply(Loopback.routes(6));
        SessionStatus again = right.await(session -> session.received() == 6);
        assertThat(again.details().get("capabilitiesReceived")).contains("graceful-restart(5 s R N)");
        left.close();
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        left.speaker().letGo(() -> late.complete(true));
        assertThat(late).isCompleted();
    }

    @Test
    void a_speaker_that_closes_for_peers_without_graceful_restart_says_why() {
        left.apply(List.of());
        right.apply(List.of());
        right.awaitUp();
        left.awaitUp();
        left.close();
        SessionStatus down = right.await(session -> session.state() != State.ESTABLISHED);
        assertThat(down.lastError()).contains("administrative shutdown (6/2): the speaker stops");
    }

    @Test
    void another_as_is_refused_with_its_reason_on_both_sides() {
        right.close();
        right = Loopback.stranger(rightPort, leftPort);
        left.apply(List.of());
        right.apply(List.of());
        left.await(session -> session.details().get("lastNotificationSent").contains("bad peer AS"));
        right.await(session -> session.lastError().contains("bad peer AS"));
    }

    @Test
    void a_reset_by_the_operator_comes_back() {
        left.apply(Loopback.routes(2));
        right.apply(List.of());
        right.await(session -> session.received() == 2);
        left.speaker().clear("other", false, "maintenance");
        right.await(session -> session.lastError().contains("administrative reset (6/4): maintenance"));
        right.await(session -> session.received() == 2);
    }

    @Test
    void connections_of_strangers_are_refused_and_counted() throws IOException {
        left.apply(List.of());
        left.awaitStatus(status -> status.observedGeneration() == 0);
        for (int i = 0; i < 50; i++) {
            try (Socket stranger = new Socket(InetAddress.getByName("127.0.0.1"), leftPort)) {
                assertThat(refused(stranger)).isTrue();
            }
        }
        right.apply(List.of());
        left.awaitUp();
        left.awaitStatus(status -> status.counters().get("bgp_refused_connections_total") >= 50);
    }

    private static boolean refused(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void the_password_must_be_the_same() {
        left.password("one").apply(List.of());
        right.password("one").apply(Loopback.routes(1));
        left.await(session -> session.received() == 1);
        assertThat(left.speaker().status().current().toString()).doesNotContain("one\"");
    }
}
