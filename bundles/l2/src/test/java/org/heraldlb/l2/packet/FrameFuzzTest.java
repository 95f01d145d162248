package org.heraldlb.l2.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.ArpResponder;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claims;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.NeighborResponder;
import org.heraldlb.l2.responder.OwnMacs;
import org.heraldlb.l2.responder.Responder;
import org.heraldlb.l2.responder.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any bytes get a verdict and no exception; what is answered is answered with a frame that is itself fine. Without a
 * fuzzer the seeds run; with JAZZER_FUZZ=1 the fuzzer goes on from them.
 */
final class FrameFuzzTest {

    private static final Claims CLAIMS = new Claims(List.of(
            new Claim(IpAddress.parse("192.0.2.100"), true, new AddressCounts()),
            new Claim(IpAddress.parse("fd96::100"), true, new AddressCounts())));

    private final ArpResponder arp = new ArpResponder(0x0200_0000_0002L, new OwnMacs(List.of()));
    private final NeighborResponder neighbor = new NeighborResponder(0x0200_0000_0002L, new OwnMacs(List.of()));
    private final FlightRecorder recorder = new FlightRecorder(4);

    @FuzzTest(maxDuration = "45s")
    void anyBytesGetAVerdict(byte[] frame) {
        check(arp, frame);
        check(neighbor, frame);
    }

    private void check(Responder responder, byte[] frame) {
        byte[] reply = new byte[responder.replyLength()];
        Verdict verdict = responder.decide(frame, frame.length, CLAIMS, reply);
        recorder.record(frame, frame.length, 0, verdict);
        if (verdict == Verdict.ANSWERED) {
            Flaw flaw = responder == arp
                    ? new ArpPacket().read(reply, reply.length)
                    : new NeighborMessage().read(reply, reply.length);
            assertThat(flaw).isEqualTo(Flaw.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void spoiledFramesGetAVerdict(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = List.of(Frames.arpRequest(), Frames.solicitation());
        for (int i = 0; i < 50_000; i++) {
            byte[] frame = Frames.resized(good.get(i & 1), random.nextInt(100));
            for (int spoiled = random.nextInt(4); spoiled > 0 && frame.length > 0; spoiled--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            if (frame.length >= 58 && random.nextBoolean()) {
                frame = Frames.sealed(frame);
            }
            anyBytesGetAVerdict(frame);
        }
    }
}
