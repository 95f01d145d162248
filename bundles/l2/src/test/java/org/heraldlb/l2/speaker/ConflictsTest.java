package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.Frames;
import org.heraldlb.l2.packet.NeighborMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine does about others who have an address of ours. */
final class ConflictsTest {

    private static final String PROBE = "ffffffffffff" + "020000000002" + "0806" + "00010800060400010200000000020";
    private static final int SENDER = 28;

    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.engine.close();
    }

    /** Somebody answers for the address, as to a probe of ours. */
    private static byte[] claimBy(long mac) {
        byte[] frame = new byte[ArpPacket.LENGTH];
        ArpPacket.write(frame, Scene.OURS, ArpPacket.REPLY, mac, 0xc000_0264, Scene.OURS, 0);
        return frame;
    }

    private static byte[] advertisementBy(long mac) {
        IpAddress address = IpAddress.parse(Scene.V6);
        byte[] frame = new byte[NeighborMessage.MESSAGE_LENGTH];
        NeighborMessage.writeUnsolicited(frame, mac, address.high(), address.low());
        return frame;
    }

    private void claim(long mac) {
        scene.arp().receive(claimBy(mac));
        scene.loop.runPosted();
        scene.loop.advance(Duration.ofMillis(50));
    }

    private long probes() {
        return scene.arp().sent.stream()
                .filter(frame -> frame.startsWith(PROBE))
                .count();
    }

    private L2Check check() {
        return scene.engine.view().checks().get(0);
    }

    @Test
    void refuseProbesBeforeTheFirstClaim() {
        scene.plan(ConflictPolicy.REFUSE, Scene.V4);
        scene.arp().receive(Frames.arpRequest());
        scene.loop.advance(Duration.ofMillis(2900));

        assertThat(scene.arp().sent).isNotEmpty().allMatch(frame -> frame.startsWith(PROBE));
        assertThat(scene.status().state()).isEqualTo(State.PENDING);
        assertThat(scene.status().detail()).contains("probing");

        scene.loop.advance(Duration.ofSeconds(5));
        assertThat(probes()).isEqualTo(3);
        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
        assertThat(scene.arp().sent).hasSize(5);
        assertThat(scene.counter("layer2_frames{protocol=\"arp\",verdict=\"probing\"}"))
                .isEqualTo(1);
    }

    @Test
    void refuseLeavesAnAddressToWhoHasItAndTakesItWhenHeIsGone() {
        scene.plan(ConflictPolicy.REFUSE, Scene.V4);
        scene.loop.advance(Duration.ofMillis(1100));
        claim(Scene.STRANGER);

        assertThat(scene.status().state()).isEqualTo(State.FAILED);
        assertThat(scene.status().detail()).contains("02:00:00:00:00:99 has it");
        assertThat(scene.problemCodes()).containsExactly("l2Conflict");
        assertThat(check().state()).isEqualTo(L2Check.State.YIELDED);
        scene.arp().sent.clear();
        scene.arp().receive(Frames.arpRequest());
        assertThat(scene.arp().sent).isEmpty();

        scene.loop.advance(Duration.ofSeconds(20));
        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
        assertThat(scene.problems()).isEmpty();
    }

    @Test
    void warnAnnouncesAtOnceProbesBesideItAndTells() {
        scene.join();
        scene.plan(ConflictPolicy.WARN, Scene.V4);
        assertThat(scene.arp().sent).hasSize(2);
        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
        scene.loop.advance(Duration.ofMillis(1100));
        assertThat(probes()).isPositive();

        claim(Scene.STRANGER);
        claim(Scene.STRANGER);

        assertThat(scene.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("l2Conflict");
            assertThat(problem.subject()).isEqualTo(Scene.V4);
            assertThat(problem.text()).contains("eth0", "02:00:00:00:00:99", "since ");
        });
        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
        assertThat(scene.counter("layer2_conflicts")).isEqualTo(1);
        assertThat(scene.counter("layer2_defences_sent")).isEqualTo(1);
        assertThat(check().other()).hasToString("Optional[02:00:00:00:00:99]");
        assertThat(check().sightings()).isEqualTo(2);

        scene.loop.advance(Duration.ofSeconds(90));
        assertThat(scene.problems()).isEmpty();
    }

    @Test
    void offListensToNobody() {
        scene.plan(ConflictPolicy.OFF, Scene.V4);
        claim(Scene.STRANGER);
        claim(Scene.STRANGER);
        scene.loop.advance(Duration.ofSeconds(20));

        assertThat(probes()).isZero();
        assertThat(scene.problems()).isEmpty();
    }

    @Test
    void aMoveToAnotherNodeIsNoConflict() {
        scene.join();
        scene.plan(ConflictPolicy.WARN, Scene.V4);
        scene.loop.advance(Duration.ofSeconds(20));
        scene.arp().sent.clear();

        claim(Scene.FELLOW);
        scene.loop.advance(Duration.ofSeconds(5));
        assertThat(scene.arp().sent).isEmpty();
        scene.plan(List.of(), List.of(Scene.watch(Scene.V4, Scene.FELLOW)));
        scene.loop.advance(Duration.ofSeconds(2));

        assertThat(scene.problems()).isEmpty();
        assertThat(scene.counter("layer2_defences_sent")).isZero();
    }

    @Test
    void twoNodesThatBothInsistAreAProblemOfTheirOwn() {
        scene.join();
        scene.plan(ConflictPolicy.WARN, Scene.V4);
        scene.loop.advance(Duration.ofSeconds(20));

        claim(Scene.FELLOW);
        scene.loop.advance(Duration.ofMillis(10_500));
        claim(Scene.FELLOW);

        assertThat(scene.problemCodes()).containsExactly("l2TwoNodes");
    }

    @Test
    void whatThisNodeWatchedIsTakenOverWithoutProbing() {
        scene.plan(List.of(), List.of(Scene.watch(Scene.V4, Scene.FELLOW)));
        scene.plan(ConflictPolicy.REFUSE, Scene.V4);

        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
        scene.loop.advance(Duration.ofSeconds(4));
        assertThat(probes()).isZero();
    }

    @Test
    void theDefenceNeedsPermissionToo() {
        scene.join();
        scene.plan(ConflictPolicy.WARN, Scene.V4);
        scene.loop.advance(Duration.ofSeconds(20));
        scene.permitted.put(Mode.AVAILABLE, false);
        scene.arp().sent.clear();

        claim(Scene.STRANGER);

        assertThat(scene.arp().sent).allMatch(frame -> frame.startsWith(PROBE));
    }

    @Test
    void duplicateAddressDetectionComesBeforeAnIpv6Address() {
        scene.plan(ConflictPolicy.REFUSE, Scene.V6);
        scene.loop.advance(Duration.ofMillis(1000));
        assertThat(scene.ndp().sent).hasSize(1);
        byte[] probe = Frames.bytes(scene.ndp().sent.get(0));
        NeighborMessage message = new NeighborMessage();
        message.read(probe, probe.length);
        assertThat(message.type()).isEqualTo(NeighborMessage.SOLICITATION);
        assertThat(message.isFromUnspecified()).isTrue();
        assertThat(Ethernet.destination(probe)).isEqualTo(0x3333_ff00_0100L);

        scene.ndp().receive(advertisementBy(Scene.STRANGER));
        scene.loop.runPosted();
        scene.loop.advance(Duration.ofMillis(50));

        assertThat(scene.status().state()).isEqualTo(State.FAILED);
        assertThat(scene.problemCodes()).containsExactly("l2Conflict");
    }

    @Test
    void ourOtherInterfacesAreNobodyElse() {
        scene.plan(ConflictPolicy.REFUSE, Scene.V4);
        byte[] own = Frames.with(claimBy(Scene.OURS), SENDER, "c0000264");

        scene.arp().receive(own);
        scene.loop.runPosted();
        scene.loop.advance(Duration.ofSeconds(8));

        assertThat(scene.status().state()).isEqualTo(State.ANNOUNCED);
    }

    @Test
    void aFloodOfForgedClaimsIsBoundedWork() {
        scene.join();
        scene.plan(ConflictPolicy.WARN, Scene.V4);
        scene.loop.advance(Duration.ofSeconds(20));
        scene.arp().sent.clear();
        for (int i = 0; i < 50_000; i++) {
            scene.arp().receive(claimBy(0x0200_0001_0000L + i));
        }
        scene.loop.runPosted();
        scene.loop.advance(Duration.ofSeconds(6));

        assertThat(scene.arp().sent).hasSizeLessThan(5);
        assertThat(scene.counter("layer2_frames{protocol=\"arp\",verdict=\"conflict\"}"))
                .isEqualTo(50_000);
        assertThat(scene.problems()).hasSizeLessThanOrEqualTo(1);
    }
}
