package org.heraldlb.bgp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.heraldlb.bgp.packet.Samples.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    static Stream<Sample> samples() {
        return Samples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bytes_become_the_value(Sample sample) throws BgpException {
        assertThat(MessageCodec.decode(sample.bytes(), sample.context())).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_value_becomes_the_bytes(Sample sample) {
        assertThat(Hex.of(MessageCodec.encode(sample.value(), sample.context())))
                .isEqualTo(Hex.of(sample.bytes()));
    }

    /** The header tells the truth about what is left, so that the body's own checks are reached. */
    @ParameterizedTest
    @MethodSource("samples")
    void a_message_cut_at_any_length_is_refused_or_means_something(Sample sample) {
        byte[] whole = sample.bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length > MessageCodec.HEADER) {
                cut[16] = (byte) (length >>> 8);
                cut[17] = (byte) length;
            }
            decodes(cut, sample.context(), sample.name() + " cut at " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_message_shorter_than_its_header_says_is_refused(Sample sample) {
        byte[] whole = sample.bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MessageCodec.decode(cut, sample.context())).isInstanceOf(BgpException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_damage_never_escapes_as_another_exception(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> samples = Samples.all();
        for (int i = 0; i < 5000; i++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            byte[] bytes = sample.bytes();
            int hits = 1 + random.nextInt(4);
            for (int hit = 0; hit < hits; hit++) {
                bytes[MessageCodec.HEADER - 1 + random.nextInt(bytes.length - MessageCodec.HEADER + 1)] =
                        (byte) random.nextInt();
            }
            decodes(bytes, sample.context(), "seed " + seed + " round " + i + ": " + Hex.of(bytes));
        }
    }

    /** What decodes can be encoded and decoded again to the same value. */
    private static void decodes(byte[] bytes, WireContext context, String what) {
        try {
            Message first = MessageCodec.decode(bytes, context);
            if (first instanceof Update update && !update.faults().isEmpty()) {
                return;
            }
            Message again = MessageCodec.decode(MessageCodec.encode(first, context), context);
            assertThat(again).as(what).isEqualTo(first);
        } catch (BgpException refused) {
            assertThat(refused.notification().code()).as(what).isBetween(1, 7);
        } catch (RuntimeException escaped) {
            throw new AssertionError(what, escaped);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "04, 1, 1, 00ffffffffffffffffffffffffffffff0013",
        "04, 1, 2, ffffffffffffffffffffffffffffffff0014",
        "04, 1, 2, ffffffffffffffffffffffffffffffff0012",
        "01, 1, 2, ffffffffffffffffffffffffffffffff001c",
        "01, 1, 2, ffffffffffffffffffffffffffffffff1001",
        "02, 1, 2, ffffffffffffffffffffffffffffffff0016",
        "02, 1, 2, ffffffffffffffffffffffffffffffff1001",
        "03, 1, 2, ffffffffffffffffffffffffffffffff0014",
        "00, 1, 3, ffffffffffffffffffffffffffffffff0013",
        "06, 1, 3, ffffffffffffffffffffffffffffffff0013"
    })
    void a_bad_header_is_answered_as_section_6_1_says(String type, int code, int subcode, String head) {
        assertThatThrownBy(() -> MessageCodec.checkHeader(Hex.bytes(head + type), 0, 4096))
                .isInstanceOfSatisfying(BgpException.class, refused -> {
                    assertThat(refused.notification().code()).isEqualTo(code);
                    assertThat(refused.notification().subcode()).isEqualTo(subcode);
                });
    }

    @Test
    void extended_messages_may_be_65535_bytes_long_except_open() throws BgpException {
        String head = "ffffffffffffffffffffffffffffffffffff";
        assertThat(MessageCodec.checkHeader(Hex.bytes(head + "02"), 0, 65535)).isEqualTo(65535);
        assertThatThrownBy(() -> MessageCodec.checkHeader(Hex.bytes(head + "01"), 0, 65535))
                .isInstanceOf(BgpException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'03 fde9 005a 0a000001 00', 2, 1, 0004",
        "'04 fde9 005a 0a000001 03 01 01 00', 2, 4, ''",
        "'04 fde9 005a 0a000001 04 02 02 02', 2, 0, ''",
        "'04 fde9 005a 0a000001 04 02 05 02 00', 2, 0, ''",
        "'04 fde9 005a 0a000001 00 00', 2, 0, ''"
    })
    void a_bad_open_is_answered_as_section_6_2_says(String body, int code, int subcode, String data) {
        assertThatThrownBy(() -> MessageCodec.decode(Hex.message("01" + body), Samples.AS4))
                .isInstanceOfSatisfying(BgpException.class, refused -> {
                    Notification answer = refused.notification();
                    assertThat(answer.code() + "/" + answer.subcode()).isEqualTo(code + "/" + subcode);
                    assertThat(answer.data()).hasToString(data);
                });
    }

    @Test
    void extended_optional_parameters_are_read_and_written_only_when_needed() throws BgpException {
        Open small = (Open)
                MessageCodec.decode(Hex.message("01 04 fde9 005a 0a000001 ff ff 0005 02 0002 02 00"), Samples.AS4);
        assertThat(small.capabilities()).containsExactly(new Capability.Refresh());
        List<Capability> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(new Capability.Unknown(128 + i, Octets.ofInts(1, 2, 3, 4)));
        }
        Open large = new Open(65001, 90, 1, many);
        byte[] bytes = MessageCodec.encode(large, Samples.AS4);
        assertThat(bytes[28] & 0xff).isEqualTo(255);
        assertThat(MessageCodec.decode(bytes, Samples.AS4)).isEqualTo(large);
    }

    @Test
    void capabilities_spread_over_several_parameters_are_all_read() throws BgpException {
        Open open = (Open) MessageCodec.decode(
                Hex.message("01 04 fde9 005a 0a000001 10 02 06 01 04 0001 00 01 02 02 02 00 02 02 46 00"), Samples.AS4);
        assertThat(open.capabilities())
                .containsExactly(
                        new Capability.Multiprotocol(Family.IPV4_UNICAST),
                        new Capability.Refresh(),
                        new Capability.EnhancedRefresh());
    }

    @Test
    void a_capability_of_the_wrong_shape_is_unknown_rather_than_fatal() throws BgpException {
        Open open =
                (Open) MessageCodec.decode(Hex.message("01 04 fde9 005a 0a000001 06 02 04 41 02 fde9"), Samples.AS4);
        assertThat(open.capabilities()).containsExactly(new Capability.Unknown(65, Octets.ofInts(0xfd, 0xe9)));
        assertThat(open.as()).isEqualTo(65001);
    }

    @Test
    void M_03_the_four_octet_capability_decides_the_as() throws BgpException {
        Open with = (Open)
                MessageCodec.decode(Hex.message("01 04 5ba0 005a 0a000001 08 02 06 41 04 0000fdea"), Samples.AS4);
        assertThat(with.as()).isEqualTo(65002);
        assertThat(with.has(Capability.FourOctetAs.class)).isTrue();
        Open without = (Open) MessageCodec.decode(Hex.message("01 04 fde9 005a 0a000001 00"), Samples.AS4);
        assertThat(without.as()).isEqualTo(65001);
        assertThat(without.has(Capability.FourOctetAs.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "05 0001 00", "05 0001 00 01 02"})
    void a_route_refresh_of_another_length_is_answered_with_7_1_and_itself(String body) {
        byte[] message = Hex.message(body);
        assertThatThrownBy(() -> MessageCodec.decode(message, Samples.AS4))
                .isInstanceOfSatisfying(BgpException.class, refused -> {
                    assertThat(refused.notification().is(BgpError.REFRESH_LENGTH))
                            .isTrue();
                    assertThat(refused.notification().data()).isEqualTo(Octets.of(message));
                });
    }
}
