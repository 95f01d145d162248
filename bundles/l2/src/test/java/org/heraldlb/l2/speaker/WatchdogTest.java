package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.l2.L2Check.State;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.Frames;
import org.heraldlb.l2.packet.NeighborMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchdogTest {

    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.engine.close();
    }

    private void watch(String address) {
        scene.plan(List.of(), List.of(Scene.watch(address, Scene.FELLOW)));
    }

    private static byte[] answerBy(long mac) {
        byte[] frame = new byte[ArpPacket.LENGTH];
        ArpPacket.write(frame, Scene.OURS, ArpPacket.REPLY, mac, 0xc000_0264, Scene.OURS, 0);
        return frame;
    }

    /** Lets time pass; each question is answered by these. */
    private void seconds(int seconds, long... macs) {
        for (int i = 0; i < seconds * 10; i++) {
            int asked = scene.arp().sent.size();
            scene.loop.advance(Duration.ofMillis(100));
            if (scene.arp().sent.size() > asked) {
                for (long mac : macs) {
                    scene.arp().receive(answerBy(mac));
                    scene.loop.runPosted();
                }
            }
        }
    }

    private State state() {
        return scene.engine.view().checks().get(0).state();
    }

    @Test
    void theOwnerWhoAnswersIsNoProblem() {
        watch(Scene.V4);
        seconds(60, Scene.FELLOW);

        assertThat(scene.problems()).isEmpty();
        assertThat(state()).isEqualTo(State.EXPECTED);
        assertThat(scene.arp().sent).hasSizeBetween(10, 13);
        assertThat(scene.counter("layer2_watch_questions")).isBetween(9L, 13L);
        assertThat(scene.engine.status().current().ready()).isTrue();
    }

    @Test
    void silenceIsAProblemThatEnds() {
        watch(Scene.V4);
        seconds(16);

        assertThat(scene.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("l2Silent");
            assertThat(problem.text()).contains("eth0", "nobody answers", "b (02:00:00:00:00:50)");
        });
        seconds(10, Scene.FELLOW);
        assertThat(scene.problems()).isEmpty();
    }

    @Test
    void somebodyElseWhoAnswersIsAProblem() {
        watch(Scene.V4);
        seconds(16, Scene.FELLOW, Scene.STRANGER);

        assertThat(scene.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("l2OtherAnswers");
            assertThat(problem.text()).contains("eth0", "02:00:00:00:00:99", "b (02:00:00:00:00:50)");
        });
        assertThat(state()).isEqualTo(State.OTHER);
    }

    @Test
    void aWatchedAddressIsNeverAnswered() {
        watch(Scene.V4);
        scene.arp().receive(Frames.arpRequest());

        assertThat(scene.arp().sent).isEmpty();
    }

    @Test
    void forIpv6ItAsksFromItsLinkLocalAddress() {
        watch(Scene.V6);
        scene.loop.advance(Duration.ofSeconds(5));

        byte[] question = Frames.bytes(scene.ndp().sent.get(0));
        NeighborMessage message = new NeighborMessage();
        message.read(question, question.length);
        assertThat(IpAddress.v6(message.sourceHigh(), message.sourceLow())).isEqualTo(IpAddress.parse("fe80::2"));
        assertThat(message.linkLayer()).isEqualTo(Scene.OURS);
    }

    @Test
    void aThousandAddressesAreAskedForEvenlyAndLessOften() {
        List<L2Watch> watches = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            watches.add(Scene.watch(IpAddress.v4(0x0a00_0000 + i).toString(), Scene.FELLOW));
        }
        scene.plan(List.of(), watches);
        for (int second = 0; second < 40; second++) {
            scene.arp().sent.clear();
            scene.loop.advance(Duration.ofSeconds(1));
            assertThat(scene.arp().sent).hasSizeBetween(15, 50);
        }
        // A whole cluster that went silent is one page and not a thousand lines.
        scene.loop.advance(Duration.ofSeconds(60));
        assertThat(scene.problems()).hasSizeBetween(2, 52);
    }

    @Test
    void whatIsNotWatchedAnyMoreIsNotAskedFor() {
        watch(Scene.V4);
        seconds(11);
        scene.plan(List.of(), List.of());

        scene.loop.advance(Duration.ofSeconds(20));

        assertThat(scene.wire.open).isEmpty();
        assertThat(scene.engine.view().checks()).isEmpty();
    }
}
