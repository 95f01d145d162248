package org.heraldlb.bench.l2;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.NeighborMessage;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.ArpResponder;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claims;
import org.heraldlb.l2.responder.NeighborResponder;
import org.heraldlb.l2.responder.OwnMacs;
import org.heraldlb.l2.responder.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a frame to the reply that would leave: reading, looking up, writing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResponderBench {

    private static final long ASKER = 0x0200_0000_0001L;
    private static final long OURS = 0x0200_0000_0002L;
    private static final int QUESTIONS = 1024;
    private static final IpAddress FIRST = IpAddress.parse("10.0.0.0");
    private static final IpAddress FIRST_V6 = IpAddress.parse("fd00::1:0");

    @Param({"1", "10000"})
    public int addresses;

    private final OwnMacs own = new OwnMacs(List.of());
    private final ArpResponder arp = new ArpResponder(OURS, own);
    private final NeighborResponder ndp = new NeighborResponder(OURS, own);
    private final byte[] reply = new byte[NeighborMessage.MESSAGE_LENGTH];
    private final byte[][] requests = new byte[QUESTIONS][];
    private final byte[][] solicitations = new byte[QUESTIONS][];
    private Claims claims;
    private int next;

    @Setup
    public void fill() {
        List<Claim> all = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            all.add(new Claim(FIRST.plus(i), true, new AddressCounts()));
            all.add(new Claim(FIRST_V6.plus(i), true, new AddressCounts()));
        }
        claims = new Claims(all);
        for (int i = 0; i < QUESTIONS; i++) {
            int asked = (int) ((long) i * addresses / QUESTIONS);
            requests[i] = new byte[ArpPacket.LENGTH];
            ArpPacket.write(requests[i], 0xffff_ffff_ffffL, ArpPacket.REQUEST, ASKER, 1, 0, (int)
                    FIRST.plus(asked).low());
            solicitations[i] = new byte[NeighborMessage.MESSAGE_LENGTH];
            IpAddress target = FIRST_V6.plus(asked);
            NeighborMessage.writeSolicitation(solicitations[i], ASKER, target.high(), 1, target.high(), target.low());
        }
    }

    @Benchmark
    public Verdict arp() {
        return arp.decide(requests[++next & QUESTIONS - 1], ArpPacket.LENGTH, claims, reply);
    }

    @Benchmark
    public Verdict ndp() {
        return ndp.decide(solicitations[++next & QUESTIONS - 1], NeighborMessage.MESSAGE_LENGTH, claims, reply);
    }
}
