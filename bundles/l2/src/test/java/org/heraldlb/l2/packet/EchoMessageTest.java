package org.heraldlb.l2.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EchoMessageTest {

    private static final long OURS = 0x0200_0000_0002L;
    private static final EchoMessage V4 = new EchoMessage(true);
    private static final EchoMessage V6 = new EchoMessage(false);

    private static Flaw read(EchoMessage message, byte[] frame) {
        return message.read(frame, frame.length);
    }

    @Test
    void aPingOverIpv4IsAnswered() {
        byte[] question = Frames.ping();
        assertThat(read(V4, question)).isEqualTo(Flaw.NONE);
        assertThat(V4.targetLow(question)).isEqualTo(0xc000_0264L);
        assertThat(V4.otherLow(question)).isEqualTo(0xc000_0201L);
        byte[] reply = new byte[EchoMessage.LONGEST];

        V4.writeReply(question, reply, OURS);

        byte[] sent = Arrays.copyOf(reply, V4.length());
        assertThat(Ethernet.destination(sent)).isEqualTo(0x0200_0000_0001L);
        assertThat(Ethernet.source(sent)).isEqualTo(OURS);
        assertThat(sent).isEqualTo(Frames.pong());
    }

    @Test
    void aPingOverIpv6IsAnswered() {
        byte[] question = Frames.ping6();
        assertThat(read(V6, question)).isEqualTo(Flaw.NONE);
        byte[] reply = new byte[EchoMessage.LONGEST];

        V6.writeReply(question, reply, OURS);

        byte[] sent = Arrays.copyOf(reply, V6.length());
        assertThat(sent[54]).isEqualTo((byte) 129);
        assertThat(Frames.sealed(sent)).isEqualTo(sent);
        assertThat(Arrays.copyOfRange(sent, 22, 38)).isEqualTo(Arrays.copyOfRange(question, 38, 54));
        assertThat(Arrays.copyOfRange(sent, 38, 54)).isEqualTo(Arrays.copyOfRange(question, 22, 38));
    }

    @ParameterizedTest
    @CsvSource({
        "12, 8100, TAGGED",
        "12, 0806, OTHER_PROTOCOL",
        "14, 46, OTHER_PROTOCOL",
        "20, 2000, OTHER_PROTOCOL",
        "16, 0400, TRUNCATED",
        "16, 0014, TRUNCATED",
        "23, 11, OTHER_PROTOCOL",
        "24, 0000, BAD_CHECKSUM",
        "40, 55, BAD_CHECKSUM"
    })
    void otherFramesAreDroppedForAReason(int at, String hex, Flaw flaw) {
        assertThat(read(V4, Frames.with(Frames.ping(), at, hex))).isEqualTo(flaw);
    }

    @Test
    void truncatedFramesAreDropped() {
        byte[] frame = Frames.ping();
        for (int length = 0; length < frame.length; length++) {
            assertThat(V4.read(frame, length)).isEqualTo(Flaw.TRUNCATED);
        }
    }

    @Test
    void paddingIsNotSentBack() {
        read(V4, Frames.resized(Frames.ping(), 60));

        assertThat(V4.length()).isEqualTo(Frames.ping().length);
    }
}
