package org.heraldlb.l2.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.ArpResponder;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claim.Role;
import org.heraldlb.l2.responder.Claims;
import org.heraldlb.l2.responder.EchoResponder;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.NeighborResponder;
import org.heraldlb.l2.responder.OwnMacs;
import org.heraldlb.l2.responder.Responder;
import org.heraldlb.l2.responder.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any bytes get a verdict and no exception; what is answered is answered with a frame that is itself fine, and only for an
 * address that is held. Without a fuzzer the seeds run; with one it goes on from them, and what it found stays in
 * {@code .cifuzz-corpus}:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -o -pl bundles/l2 test -Dtest=FrameFuzzTest#anyBytesGetAVerdict
 * </pre>
 */
final class FrameFuzzTest {

    private static final Claims CLAIMS = new Claims(List.of(
            new Claim(IpAddress.parse("192.0.2.100"), true, new AddressCounts()),
            new Claim(IpAddress.parse("fd96::100"), true, new AddressCounts())));

    /** The same addresses in roles that keep silent. */
    private static final List<Claims> SILENT = Arrays.stream(Role.values())
            .filter(role -> role != Role.HELD)
            .map(role -> new Claims(List.of(
                    new Claim(IpAddress.parse("192.0.2.100"), role, Mode.QUORUM, new AddressCounts()),
                    new Claim(IpAddress.parse("fd96::100"), role, Mode.QUORUM, new AddressCounts()))))
            .toList();

    private final EchoResponder echoV4 = new EchoResponder(true, 0x0200_0000_0002L, 1);
    private final EchoResponder echoV6 = new EchoResponder(false, 0x0200_0000_0002L, 1);
    private final ArpResponder arp = new ArpResponder(0x0200_0000_0002L, new OwnMacs(List.of()));
    private final NeighborResponder neighbor = new NeighborResponder(0x0200_0000_0002L, new OwnMacs(List.of()));
    private final FlightRecorder recorder = new FlightRecorder(4);

    @FuzzTest(maxDuration = "45s")
    void anyBytesGetAVerdict(byte[] frame) {
        check(arp, frame);
        check(neighbor, frame);
        check(echoV4, frame);
        check(echoV6, frame);
    }

    private void check(Responder responder, byte[] frame) {
        byte[] reply = new byte[responder.replyLength()];
        Verdict verdict = responder.decide(frame, frame.length, CLAIMS, reply);
        recorder.record(frame, frame.length, 0, verdict);
        if (verdict == Verdict.ANSWERED) {
            checkReply(responder, Arrays.copyOf(reply, responder.lastReplyLength()));
        }
        for (Claims silent : SILENT) {
            assertThat(responder.decide(frame, frame.length, silent, reply)).isNotEqualTo(Verdict.ANSWERED);
        }
    }

    private void checkReply(Responder responder, byte[] reply) {
        if (responder == arp) {
            assertThat(new ArpPacket().read(reply, reply.length)).isEqualTo(Flaw.NONE);
        } else if (responder == neighbor) {
            assertThat(new NeighborMessage().read(reply, reply.length)).isEqualTo(Flaw.NONE);
        } else {
            // A reply is no question: all is fine up to there.
            Flaw flaw = new EchoMessage(responder == echoV4).read(reply, reply.length);
            assertThat(flaw).isEqualTo(Flaw.OTHER_PROTOCOL);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void spoiledFramesGetAVerdict(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = List.of(Frames.arpRequest(), Frames.solicitation(), Frames.ping(), Frames.ping6());
        for (int i = 0; i < 50_000; i++) {
            byte[] frame = Frames.resized(good.get(i & 3), random.nextInt(100));
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
