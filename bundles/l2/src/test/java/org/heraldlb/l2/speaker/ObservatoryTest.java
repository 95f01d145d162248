package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.packet.Frames;
import org.junit.jupiter.api.Test;

final class ObservatoryTest {

    private final Scene scene = new Scene(3);

    @Test
    void whoAskedIsKnown() {
        scene.plan(ConflictPolicy.OFF, Scene.V4);
        scene.arp().receive(Frames.arpRequest());
        scene.arp().receive(Frames.arpRequest());
        scene.arp().receive(Frames.with(Frames.arpRequest(), 28, "00000000"));

        assertThat(scene.engine.view().neighbors()).hasSize(2).anySatisfy(neighbor -> {
            assertThat(neighbor.link()).isEqualTo("eth0");
            assertThat(neighbor.address()).contains(IpAddress.parse("192.0.2.1"));
            assertThat(neighbor.mac()).hasToString("02:00:00:00:00:01");
            assertThat(neighbor.target()).isEqualTo(IpAddress.parse(Scene.V4));
            assertThat(neighbor.questions()).isEqualTo(2);
        });
        assertThat(scene.engine.view().neighbors())
                .extracting(each -> each.address())
                .contains(Optional.empty());
    }

    @Test
    void aCaptureHoldsFramesBothWaysWithTheDecisions() {
        scene.plan(ConflictPolicy.OFF, Scene.V4);
        scene.arp().receive(Frames.arpRequest());
        scene.arp().receive(Frames.with(Frames.arpRequest(), 38, "c0000263"));

        String file = new String(scene.engine.view().capture(), StandardCharsets.ISO_8859_1);

        assertThat(file).contains("eth0", "herald sent: announcement", "herald sent: reply");
        assertThat(file).contains("herald decided: answered", "herald decided: not_announced");
    }

    @Test
    void pingsAreAnsweredWhenWantedAndAtMostSoManyASecond() {
        scene.plan(ConflictPolicy.OFF, Scene.V4);
        for (int i = 0; i < 10; i++) {
            scene.wire.icmp("eth0").receive(Frames.ping());
        }

        assertThat(scene.wire.icmp("eth0").sent)
                .hasSize(3)
                .allMatch(frame -> Frames.pong().length == frame.length() / 2);
        scene.loop.advance(Duration.ofSeconds(6));
        assertThat(scene.counter("layer2_frames{protocol=\"icmp\",verdict=\"rate_limited\"}"))
                .isEqualTo(7);
    }

    @Test
    void theKernelAnswersPingsOfItsOwnAddresses() {
        scene.plan(ConflictPolicy.OFF, "192.0.2.11");
        byte[] ping = Frames.with(Frames.ping(), 30, "c000020b");

        scene.wire.icmp("eth0").receive(ping);

        assertThat(scene.wire.icmp("eth0").sent).isEmpty();
    }
}
