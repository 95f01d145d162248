package org.heraldlb.bfd.fsm;

import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;

/** What the other end last said (RFC 5880 section 6.8.1, the variables named Remote). */
final class Remote {

    int discriminator;
    BfdState state = BfdState.DOWN;
    boolean demand;
    /** bfd.RemoteMinRxInterval starts at 1. */
    long minRxMicros = 1;

    long desiredMinTxMicros;
    long minEchoRxMicros;
    int detectMultiplier;
    int diagnostic;

    void learn(ControlPacket packet) {
        discriminator = packet.myDiscriminator();
        state = packet.state();
        demand = packet.has(ControlPacket.DEMAND);
        minRxMicros = packet.requiredMinRxMicros();
        desiredMinTxMicros = packet.desiredMinTxMicros();
        minEchoRxMicros = packet.requiredMinEchoRxMicros();
        detectMultiplier = packet.detectMultiplier();
        diagnostic = packet.diagnostic();
    }

    /** Nothing came for a detection time: RFC 5880 section 6.8.1, bfd.RemoteDiscr. */
    void forget() {
        discriminator = 0;
        demand = false;
    }
}
