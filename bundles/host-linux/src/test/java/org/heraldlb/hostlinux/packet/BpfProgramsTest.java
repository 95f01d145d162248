package org.heraldlb.hostlinux.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.heraldlb.api.host.FrameFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the program as the kernel would. */
final class BpfProgramsTest {

    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER = 0x25;
    private static final int JUMP_GREATER_OR_EQUAL = 0x35;
    private static final int RETURN = 0x06;

    private static int field(long instruction, int shift, int mask) {
        return (int) (instruction >>> shift) & mask;
    }

    private static int run(long[] program, byte[] frame) {
        assertThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            long instruction = program[at];
            int operand = (int) (instruction >>> 32);
            int code = field(instruction, 0, 0xffff);
            if (code == RETURN) {
                return operand;
            }
            if (code == LOAD_BYTE) {
                if (operand >= frame.length) {
                    return 0;
                }
                accumulator = frame[operand] & 0xff;
                continue;
            }
            boolean jump = code == JUMP_EQUAL && accumulator == operand
                    || code == JUMP_GREATER && accumulator > operand
                    || code == JUMP_GREATER_OR_EQUAL && accumulator >= operand;
            assertThat(code).isIn(JUMP_EQUAL, JUMP_GREATER, JUMP_GREATER_OR_EQUAL);
            at += jump ? field(instruction, 16, 0xff) : field(instruction, 24, 0xff);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "58, 132, false",
        "58, 133, true",
        "58, 135, true",
        "58, 137, true",
        "58, 138, false",
        "58, 0, false",
        "17, 135, false",
        "0, 135, false"
    })
    void neighborDiscoveryAndNothingElsePasses(int nextHeader, int type, boolean passes) {
        byte[] frame = new byte[86];
        frame[20] = (byte) nextHeader;
        frame[54] = (byte) type;

        assertThat(run(BpfPrograms.of(FrameFilter.NEIGHBOR_DISCOVERY), frame) > 0)
                .isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({
        "0x45, 1, 8, true",
        "0x46, 1, 8, false",
        "0x45, 1, 0, false",
        "0x45, 17, 8, false",
    })
    void pingsPass(String version, int protocol, int type, boolean passes) {
        byte[] frame = new byte[98];
        frame[14] = Integer.decode(version).byteValue();
        frame[23] = (byte) protocol;
        frame[34] = (byte) type;

        assertThat(run(BpfPrograms.of(FrameFilter.ICMP_ECHO), frame) > 0).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"58, 128, true", "58, 129, false", "58, 127, false", "17, 128, false"})
    void pingsOverIpv6Pass(int nextHeader, int type, boolean passes) {
        byte[] frame = new byte[118];
        frame[20] = (byte) nextHeader;
        frame[54] = (byte) type;

        assertThat(run(BpfPrograms.of(FrameFilter.ICMPV6_ECHO), frame) > 0).isEqualTo(passes);
    }

    @Test
    void aShortFrameDoesNotPass() {
        assertThat(run(BpfPrograms.of(FrameFilter.NEIGHBOR_DISCOVERY), new byte[20]))
                .isZero();
    }

    @Test
    void arpNeedsNoProgram() {
        assertThat(BpfPrograms.of(FrameFilter.ARP)).isEmpty();
        assertThat(BpfPrograms.etherType(FrameFilter.ARP)).isEqualTo(0x0806);
    }
}
