package org.heraldlb.l2.responder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.Frames;
import org.heraldlb.l2.packet.NeighborMessage;
import org.junit.jupiter.api.Test;

final class NeighborResponderTest {

    private static final long OURS = 0x0200_0000_0002L;
    private static final String UNSPECIFIED = "00000000000000000000000000000000";
    private static final String SOLICITED_FLAG = "40000000";
    private static final String OVERRIDE_FLAG = "20000000";

    private final AddressCounts counts = new AddressCounts();
    private final Claims claims = new Claims(List.of(
            new Claim(IpAddress.parse("fd96::100"), true, counts),
            new Claim(IpAddress.parse("fd96::101"), false, new AddressCounts())));
    private final NeighborResponder responder = new NeighborResponder(OURS, new OwnMacs(List.of(new MacAddress(OURS))));
    private final byte[] reply = new byte[NeighborMessage.MESSAGE_LENGTH];

    private Verdict decide(byte[] frame) {
        return responder.decide(frame, frame.length, claims, reply);
    }

    private static byte[] solicitation(int at, String hex) {
        return Frames.sealed(Frames.with(Frames.solicitation(), at, hex));
    }

    private static byte[] withoutOption(byte[] frame) {
        return Frames.sealed(Frames.with(Frames.resized(frame, 78), 18, "0018"));
    }

    private String replied(int from, int to) {
        return HexFormat.of().formatHex(reply, from, to);
    }

    @Test
    void aSolicitationIsAnsweredToTheAskerWithoutOverride() {
        assertThat(decide(Frames.solicitation())).isEqualTo(Verdict.ANSWERED);
        assertThat(Ethernet.destination(reply)).isEqualTo(0xdad4_7556_1ca3L);
        assertThat(Ethernet.source(reply)).isEqualTo(OURS);
        assertThat(replied(38, 54)).isEqualTo("fe80000000000000d8d475fffe561ca3");
        assertThat(replied(58, 62)).isEqualTo(SOLICITED_FLAG);
        assertThat(replied(78, 86)).isEqualTo("0201020000000002");
        assertThat(responder.claim().counts()).isSameAs(counts);
    }

    @Test
    void aUnicastSolicitationIsAnswered() {
        assertThat(decide(Frames.with(Frames.solicitation(), 0, "020000000002")))
                .isEqualTo(Verdict.ANSWERED);
    }

    @Test
    void withoutTheOptionTheAnswerGoesWhereTheFrameCameFrom() {
        byte[] frame = Frames.with(withoutOption(Frames.solicitation()), 6, "020000000009");

        assertThat(decide(frame)).isEqualTo(Verdict.ANSWERED);
        assertThat(Ethernet.destination(reply)).isEqualTo(0x0200_0000_0009L);
        assertThat(replied(58, 62)).isEqualTo(SOLICITED_FLAG);
    }

    @Test
    void duplicateAddressDetectionOfOthersIsAnsweredToAllNodes() {
        assertThat(decide(withoutOption(Frames.with(Frames.solicitation(), 22, UNSPECIFIED))))
                .isEqualTo(Verdict.ANSWERED);
        assertThat(replied(0, 6)).isEqualTo("333300000001");
        assertThat(replied(38, 54)).isEqualTo("ff020000000000000000000000000001");
        assertThat(replied(58, 62)).isEqualTo(OVERRIDE_FLAG);
    }

    @Test
    void otherFramesAreDroppedForAReason() {
        assertThat(decide(solicitation(76, "0999"))).isEqualTo(Verdict.NOT_ANNOUNCED);
        assertThat(decide(solicitation(76, "0101"))).isEqualTo(Verdict.OTHER_INTERFACE);
        assertThat(decide(Frames.with(Frames.solicitation(), 0, "020000000009")))
                .isEqualTo(Verdict.ETHERNET_DESTINATION);
        assertThat(decide(Frames.with(Frames.solicitation(), 6, "020000000002")))
                .isEqualTo(Verdict.OWN_ECHO);
        assertThat(decide(solicitation(80, "010000000001"))).isEqualTo(Verdict.BAD_SENDER);
        assertThat(decide(Frames.with(Frames.solicitation(), 21, "40"))).isEqualTo(Verdict.BAD_HOP_LIMIT);
        assertThat(decide(Frames.with(Frames.solicitation(), 57, "00"))).isEqualTo(Verdict.BAD_CHECKSUM);
        assertThat(decide(Frames.tagged(Frames.solicitation()))).isEqualTo(Verdict.VLAN_TAGGED);
    }

    @Test
    void anAdvertisementOfOurAddressBySomebodyElseIsAConflict() {
        assertThat(decide(solicitation(54, "88"))).isEqualTo(Verdict.CONFLICT);
        assertThat(decide(Frames.with(solicitation(54, "88"), 6, "020000000002")))
                .isEqualTo(Verdict.OWN_ECHO);
        assertThat(decide(solicitation(54, "88 00 0000 00000000 fd960000000000000000000000000999")))
                .isEqualTo(Verdict.NOT_A_QUESTION);
    }

    @Test
    void aSolicitationFromOurAddressBySomebodyElseIsAConflict() {
        assertThat(decide(solicitation(22, "fd960000000000000000000000000100"))).isEqualTo(Verdict.CONFLICT);
    }
}
