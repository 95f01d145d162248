package org.heraldlb.l2.responder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.packet.ArpPacket;
import org.heraldlb.l2.packet.Ethernet;
import org.heraldlb.l2.packet.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist L-18, and what MetalLB leaves open. */
final class ArpResponderTest {

    private static final long OURS = 0x0200_0000_0002L;
    private static final long OTHER_LINK_OF_OURS = 0x0200_0000_0003L;
    private static final int ASKED = 38;
    private static final int SENDER = 28;
    private static final int SENDER_MAC = 22;
    private static final int OPERATION = 20;

    private final AddressCounts counts = new AddressCounts();
    private final Claims claims = new Claims(List.of(
            new Claim(IpAddress.parse("192.0.2.100"), true, counts),
            new Claim(IpAddress.parse("192.0.2.101"), false, new AddressCounts())));
    private final ArpResponder responder =
            new ArpResponder(OURS, new OwnMacs(List.of(new MacAddress(OURS), new MacAddress(OTHER_LINK_OF_OURS))));
    private final byte[] reply = new byte[ArpPacket.LENGTH];

    private Verdict decide(byte[] frame) {
        return responder.decide(frame, frame.length, claims, reply);
    }

    @Test
    void aBroadcastRequestForOurAddressIsAnsweredToTheAsker() {
        assertThat(decide(Frames.arpRequest())).isEqualTo(Verdict.ANSWERED);

        ArpPacket answer = new ArpPacket();
        answer.read(reply, reply.length);
        assertThat(answer.operation()).isEqualTo(ArpPacket.REPLY);
        assertThat(answer.senderMac()).isEqualTo(OURS);
        assertThat(answer.sender()).isEqualTo(0xc000_0264);
        assertThat(answer.target()).isEqualTo(0xc000_0201);
        assertThat(Ethernet.destination(reply)).isEqualTo(0x0200_0000_0001L);
        assertThat(Ethernet.source(reply)).isEqualTo(OURS);
        assertThat(responder.claim().counts()).isSameAs(counts);
    }

    @Test
    void aUnicastRequestToOurMacIsAnswered() {
        assertThat(decide(Frames.with(Frames.arpRequest(), 0, "020000000002"))).isEqualTo(Verdict.ANSWERED);
    }

    @Test
    void aProbeWithoutSenderAddressIsAnswered() {
        assertThat(decide(Frames.with(Frames.arpRequest(), SENDER, "00000000"))).isEqualTo(Verdict.ANSWERED);
    }

    @ParameterizedTest
    @CsvSource({
        // A reply about somebody else.
        "20, 0002, NOT_A_QUESTION",
        "20, 0003, NOT_A_QUESTION",
        // To the MAC of somebody else.
        "0, 020000000009, ETHERNET_DESTINATION",
        "0, 333300000001, ETHERNET_DESTINATION",
        "38, c0000263, NOT_ANNOUNCED",
        "38, 00000000, NOT_ANNOUNCED",
        "38, c0000265, OTHER_INTERFACE",
        // From a MAC that nobody has.
        "22, ffffffffffff, BAD_SENDER",
        "22, 000000000000, BAD_SENDER",
        "22, 020000000002, OWN_ECHO",
        "12, 8100, VLAN_TAGGED",
        "14, 0006, BAD_FIELD"
    })
    void otherFramesAreDroppedForAReason(int at, String hex, Verdict verdict) {
        assertThat(decide(Frames.with(Frames.arpRequest(), at, hex))).isEqualTo(verdict);
    }

    @Test
    void somebodyElseWhoClaimsOurAddressIsAConflict() {
        byte[] gratuitous = Frames.with(Frames.arpRequest(), SENDER, "c0000264");

        assertThat(decide(gratuitous)).isEqualTo(Verdict.CONFLICT);
        assertThat(decide(Frames.with(gratuitous, OPERATION, "0002"))).isEqualTo(Verdict.CONFLICT);
        assertThat(decide(Frames.with(gratuitous, ASKED, "c0000201"))).isEqualTo(Verdict.CONFLICT);
        assertThat(responder.claim().address()).isEqualTo(IpAddress.parse("192.0.2.100"));
    }

    @Test
    void anotherInterfaceOfThisHostIsNoConflict() {
        byte[] own = Frames.with(Frames.arpRequest(), SENDER_MAC, "020000000003 c0000264");

        assertThat(decide(own)).isEqualTo(Verdict.OWN_ECHO);
    }

    @Test
    void withoutClaimsNothingIsAnswered() {
        assertThat(responder.decide(Frames.arpRequest(), ArpPacket.LENGTH, Claims.NONE, reply))
                .isEqualTo(Verdict.NOT_ANNOUNCED);
    }
}
