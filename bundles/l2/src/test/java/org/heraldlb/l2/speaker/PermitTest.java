package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.l2.packet.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that claims an address leaves without permission. */
final class PermitTest {

    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.engine.close();
    }

    private void planBoth(Mode mode) {
        scene.plan(
                List.of(
                        Scene.announcement(Scene.V4, mode, ConflictPolicy.OFF),
                        Scene.announcement(Scene.V6, mode, ConflictPolicy.OFF)),
                List.of());
    }

    private void ask() {
        scene.arp().receive(Frames.arpRequest());
        scene.ndp().receive(Frames.solicitation());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void withoutPermissionNothingLeaves(Mode mode) {
        scene.join();
        scene.permitted.put(mode, false);
        planBoth(mode);
        ask();
        scene.loop.advance(Duration.ofSeconds(6));

        assertThat(scene.arp().sent).isEmpty();
        assertThat(scene.ndp().sent).isEmpty();
        String reason = mode == Mode.QUORUM ? "no_majority" : "stale";
        assertThat(scene.counter("layer2_frames{protocol=\"arp\",verdict=\"" + reason + "\"}"))
                .isEqualTo(1);
        assertThat(scene.counter("layer2_frames{protocol=\"ndp\",verdict=\"" + reason + "\"}"))
                .isEqualTo(1);
        assertThat(scene.counter("layer2_announcements_withheld{reason=\"" + reason + "\"}"))
                .isEqualTo(2);
        assertThat(scene.status().state()).isEqualTo(State.PENDING);
    }

    @Test
    void theOtherModeGoesOn() {
        scene.join();
        scene.permitted.put(Mode.QUORUM, false);
        planBoth(Mode.AVAILABLE);
        scene.arp().sent.clear();

        ask();

        assertThat(scene.arp().sent).hasSize(1);
    }

    @Test
    void whoMayAnswerAgainTellsTheLink() {
        scene.join();
        planBoth(Mode.QUORUM);
        scene.permitted.put(Mode.QUORUM, false);
        scene.loop.advance(Duration.ofMillis(300));
        assertThat(scene.status().state()).isEqualTo(State.PENDING);
        scene.arp().sent.clear();

        scene.permitted.put(Mode.QUORUM, true);
        scene.loop.advance(Duration.ofMillis(300));

        assertThat(scene.arp().sent).hasSize(2);
        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void aMembershipThatLeavesTakesItsLimitsAlong() {
        scene.join();
        scene.permitted.put(Mode.AVAILABLE, false);
        planBoth(Mode.AVAILABLE);
        scene.engine.leave(scene);
        scene.loop.runPosted();
        scene.loop.advance(Duration.ofMillis(100));

        ask();

        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
        assertThat(scene.arp().sent).hasSize(3);
    }

    @Test
    void withoutMembershipEverythingIsAllowed() {
        planBoth(Mode.QUORUM);
        ask();

        assertThat(scene.arp().sent).hasSize(3);
        assertThat(scene.ndp().sent).hasSize(2);
    }
}
