package org.heraldlb.bgp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.heraldlb.bgp.fsm.Negotiated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What routers really say, and what they were told; see the captures' README. */
class CapturesTest {

    private static final Path CAPTURES = Path.of("src/test/resources/org/heraldlb/bgp/packet/captures");

    static Stream<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(CAPTURES)) {
            return files.filter(path -> path.toString().endsWith(".hex")).sorted().toList().stream();
        }
    }

    private static List<byte[]> messages(Path capture, String direction) throws IOException {
        return Files.readAllLines(capture).stream()
                .filter(line -> line.startsWith(direction))
                .map(line -> Hex.bytes(line.substring(1)))
                .toList();
    }

    private static Open open(List<byte[]> messages) throws BgpException {
        return (Open) MessageCodec.decode(messages.get(0), WireContext.INITIAL);
    }

    /** As the two OPENs agree. */
    private static WireContext context(Path capture) throws IOException, BgpException {
        return Negotiated.of(open(messages(capture, ">")), open(messages(capture, "<")))
                .context();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everything_that_was_said_can_be_read_and_written_again(Path capture) throws IOException, BgpException {
        WireContext context = context(capture);
        List<String> kinds = new ArrayList<>();
        for (String direction : List.of("<", ">")) {
            for (byte[] message : messages(capture, direction)) {
                Message read = MessageCodec.decode(message, context);
                kinds.add(direction + MessageText.of(read).split(" ", 2)[0]);
                assertThat(MessageCodec.decode(MessageCodec.encode(read, context), context))
                        .isEqualTo(read);
                if (read instanceof Update update) {
                    assertThat(update.faults()).as(Hex.of(message)).isEmpty();
                }
            }
        }
        assertThat(kinds).contains("<OPEN", ">OPEN", "<KEEPALIVE", ">KEEPALIVE", "<UPDATE", ">UPDATE");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void cut_off_at_every_length_it_is_refused_or_read_but_never_breaks(Path capture) throws IOException, BgpException {
        WireContext context = context(capture);
        for (String direction : List.of("<", ">")) {
            for (byte[] message : messages(capture, direction)) {
                for (int length = 0; length < message.length; length++) {
                    cut(message, length, context);
                }
            }
        }
    }

    /** Once as it is, and once with a header that says the truth about what is left. */
    private static void cut(byte[] message, int length, WireContext context) {
        byte[] part = Arrays.copyOf(message, length);
        try {
            MessageCodec.decode(part, context);
            fail("a message of %d bytes was read from %d: %s", message.length, length, Hex.of(message));
        } catch (BgpException refused) {
            assertThat(refused.notification().code()).isEqualTo(1);
        }
        if (length < MessageCodec.HEADER) {
            return;
        }
        part[16] = (byte) (length >>> 8);
        part[17] = (byte) length;
        try {
            MessageText.of(MessageCodec.decode(part, context));
        } catch (BgpException refused) {
            assertThat(refused.notification().code()).isBetween(1, 7);
        }
    }
}
