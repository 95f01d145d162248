package org.heraldlb.bgp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.heraldlb.bgp.packet.AttributeFault.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Revised error handling, row by row: what the attribute list holds, and what becomes of the message. */
class Rfc7606Test {

    private static final String ORIGIN = "40 01 01 00";
    private static final String PATH = "40 02 06 02 01 0000fde9";
    private static final String HOP = "40 03 04 0a000001";
    private static final String GOOD = ORIGIN + PATH + HOP;
    private static final WireContext INTERNAL = new WireContext(true, 4096, true);
    private static final WireContext EXTERNAL = new WireContext(true, 4096, false);

    private static byte[] update(String attributes) {
        int length = Hex.bytes(attributes).length;
        return Hex.message("02 0000" + String.format("%04x", length) + attributes + "20 c6336401");
    }

    private static Arguments row(String what, String attributes) {
        return Arguments.of(what, attributes);
    }

    static Stream<Arguments> withdraws() {
        return Stream.of(
                row("3 c: ORIGIN with the optional bit", "c0 01 01 00" + PATH + HOP),
                row("3 c: AS_PATH without the transitive bit", ORIGIN + "00 02 06 02 01 0000fde9" + HOP),
                row("3 c: MED with the transitive bit", GOOD + "c0 04 04 00000001"),
                row("3 c: communities without the transitive bit", GOOD + "80 08 04 00000001"),
                row("3 c: ATOMIC_AGGREGATE marked optional", GOOD + "80 06 00"),
                row("3 d: no ORIGIN", PATH + HOP),
                row("3 d: no AS_PATH", ORIGIN + HOP),
                row("3 d: no NEXT_HOP", ORIGIN + PATH),
                row("3 d: no attributes at all", ""),
                row("4: a length beyond the list", GOOD + "80 04 05 00000001"),
                row("4: one byte left", GOOD + "80"),
                row("4: two bytes left", GOOD + "80 04"),
                row("4: an extended length cut short", GOOD + "90 04 00"),
                row("7.1: ORIGIN of two bytes", "40 01 02 0000" + PATH + HOP),
                row("7.1: ORIGIN of no bytes", "40 01 00" + PATH + HOP),
                row("7.1: ORIGIN 3", "40 01 01 03" + PATH + HOP),
                row("7.2: a segment of an unknown type", ORIGIN + "40 02 06 05 01 0000fde9" + HOP),
                row("7.2: a segment of type 0", ORIGIN + "40 02 06 00 01 0000fde9" + HOP),
                row("7.2: segment overrun", ORIGIN + "40 02 06 02 02 0000fde9" + HOP),
                row("7.2: segment underrun", ORIGIN + "40 02 07 02 01 0000fde9 02" + HOP),
                row("7.2: a segment of no numbers", ORIGIN + "40 02 02 02 00" + HOP),
                row("7.3: NEXT_HOP of 3 bytes", ORIGIN + PATH + "40 03 03 0a0000"),
                row("7.3: NEXT_HOP of 5 bytes", ORIGIN + PATH + "40 03 05 0a00000101"),
                row("7.4: MED of 3 bytes", GOOD + "80 04 03 000001"),
                row("7.4: MED of 5 bytes", GOOD + "80 04 05 0000000001"),
                row("7.5: LOCAL_PREF of 3 bytes", GOOD + "40 05 03 000001"),
                row("7.8: communities of 3 bytes", GOOD + "c0 08 03 000001"),
                row("7.8: communities of 6 bytes", GOOD + "c0 08 06 000000010000"),
                row("7.8: no communities", GOOD + "c0 08 00"),
                row("7.9: ORIGINATOR_ID of 3 bytes", GOOD + "80 09 03 010203"),
                row("7.10: CLUSTER_LIST of 5 bytes", GOOD + "80 0a 05 0102030405"),
                row("7.10: an empty CLUSTER_LIST", GOOD + "80 0a 00"),
                row("7.14: extended communities of 7 bytes", GOOD + "c0 10 07 00000000000000"),
                row("7.14: no extended communities", GOOD + "c0 10 00"),
                row("RFC 7607: AS 0 in the path", ORIGIN + "40 02 06 02 01 00000000" + HOP),
                row("RFC 8092: large communities of 11 bytes", GOOD + "c0 20 0b 0000000000000000000000"),
                row("RFC 8092: no large communities", GOOD + "c0 20 00"),
                row("RFC 9234: OTC of 3 bytes", GOOD + "c0 23 03 000000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withdraws")
    void is_treated_as_withdraw(String what, String attributes) throws BgpException {
        Update update = (Update) MessageCodec.decode(update(attributes), INTERNAL);
        assertThat(update.treatAsWithdraw()).as(what).isTrue();
        assertThat(update.announced()).as("the routes are still known").hasSize(1);
    }

    static Stream<Arguments> discards() {
        return Stream.of(
                row("3 g: ORIGIN twice", GOOD + ORIGIN),
                row("3 g: MED twice", GOOD + "80 04 04 00000001 80 04 04 00000002"),
                row("7.5: LOCAL_PREF from another AS", GOOD + "40 05 04 00000064"),
                row("7.5: malformed LOCAL_PREF from another AS", GOOD + "40 05 01 64"),
                row("7.6: ATOMIC_AGGREGATE with a value", GOOD + "40 06 01 00"),
                row("7.7: AGGREGATOR of 6 bytes with four-octet AS", GOOD + "c0 07 06 fde9 0a000001"),
                row("7.9: ORIGINATOR_ID from another AS", GOOD + "80 09 04 01020304"),
                row("7.10: CLUSTER_LIST from another AS", GOOD + "80 0a 04 01020304"),
                row("RFC 7607: AGGREGATOR of AS 0", GOOD + "c0 07 08 00000000 0a000001"),
                row("RFC 7607: AS4_PATH with AS 0", GOOD + "c0 11 06 02 01 00000000"),
                row("RFC 6793: AS4_PATH with a broken segment", GOOD + "c0 11 03 02 02 00"),
                row("RFC 6793: AS4_AGGREGATOR of 7 bytes", GOOD + "c0 12 07 00000000000000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("discards")
    void loses_the_attribute_only(String what, String attributes) throws BgpException {
        Update update = (Update) MessageCodec.decode(update(attributes), EXTERNAL);
        assertThat(update.treatAsWithdraw()).as(what).isFalse();
        assertThat(update.faults()).extracting(AttributeFault::action).containsExactly(Action.ATTRIBUTE_DISCARD);
    }

    static Stream<Arguments> resets() {
        return Stream.of(
                Arguments.of("3 g: MP_REACH twice", mp("") + mp(""), BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of(
                        "3 g: MP_UNREACH twice",
                        "80 0f 03 0002 01 80 0f 03 0002 01",
                        BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of(
                        "5.3: an IPv6 prefix of 129 bits",
                        "80 0e 16 0002 01 10 20010db8000000000000000000000001 00 81",
                        BgpError.OPTIONAL_ATTRIBUTE),
                Arguments.of(
                        "5.3: an IPv6 prefix cut short",
                        "80 0e 17 0002 01 10 20010db8000000000000000000000001 00 40 20",
                        BgpError.OPTIONAL_ATTRIBUTE),
                Arguments.of(
                        "7.11: a next hop of 15 bytes",
                        "80 0e 14 0002 01 0f 20010db80000000000000000000000 00",
                        BgpError.OPTIONAL_ATTRIBUTE),
                Arguments.of("7.11: MP_REACH of 2 bytes", "80 0e 02 0002", BgpError.OPTIONAL_ATTRIBUTE),
                Arguments.of("7.12: MP_UNREACH of 2 bytes", "80 0f 02 0002", BgpError.OPTIONAL_ATTRIBUTE),
                Arguments.of("MP_REACH beyond the list", "80 0e 40 0002 01", BgpError.OPTIONAL_ATTRIBUTE),
                Arguments.of("an unknown well-known attribute", "40 63 01 00", BgpError.UNRECOGNIZED_WELL_KNOWN));
    }

    private static String mp(String routes) {
        return "80 0e 15 0002 01 10 20010db8000000000000000000000001 00" + routes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resets")
    void ends_the_session(String what, String attributes, BgpError error) {
        assertThatThrownBy(() -> MessageCodec.decode(update(attributes), INTERNAL))
                .as(what)
                .isInstanceOfSatisfying(
                        BgpException.class,
                        refused -> assertThat(refused.notification().is(error)).isTrue());
    }

    @Test
    void routes_that_cannot_be_read_end_the_session() {
        for (String body :
                new String[] {"02 0000 0000 21 0102030405", "02 0000 0000 20 010203", "02 0002 20 01 0000"}) {
            assertThatThrownBy(() -> MessageCodec.decode(Hex.message(body), INTERNAL))
                    .isInstanceOfSatisfying(BgpException.class, refused -> assertThat(
                                    refused.notification().is(BgpError.INVALID_NETWORK))
                            .isTrue());
        }
    }

    @Test
    void lengths_beyond_the_message_end_the_session() {
        for (String body : new String[] {"02 0005 0000", "02 0000 0005 00"}) {
            assertThatThrownBy(() -> MessageCodec.decode(Hex.message(body), INTERNAL))
                    .isInstanceOfSatisfying(BgpException.class, refused -> assertThat(
                                    refused.notification().is(BgpError.MALFORMED_ATTRIBUTE_LIST))
                            .isTrue());
        }
    }

    @Test
    void routes_of_a_multiprotocol_attribute_with_wrong_flags_are_known_so_that_they_can_be_withdrawn()
            throws BgpException {
        String reach = "40 0e 16 0002 01 10 20010db8000000000000000000000001 00 08fd".replaceFirst("16", "17");
        Update update = (Update) MessageCodec.decode(update(GOOD + reach), INTERNAL);
        assertThat(update.treatAsWithdraw()).isTrue();
        assertThat(update.find(PathAttribute.MpReach.class).orElseThrow().routes())
                .hasSize(1);
    }

    @Test
    void bits_beyond_the_prefix_length_do_not_matter() throws BgpException {
        Update update = (Update) MessageCodec.decode(Hex.message("02 0002 04 ff 0000"), INTERNAL);
        assertThat(update.withdrawn()).singleElement().hasToString("240.0.0.0/4");
    }
}
