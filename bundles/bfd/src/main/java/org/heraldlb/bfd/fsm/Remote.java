package org.heraldlb.bfd.fsm;

import java.nio.ByteBuffer;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;

/** What the other end last said (RFC 5880 section 6.8.1, the variables named Remote). */
public final class Remote {

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

    /** Writes what {@link #read} reads. */
    public void write(ByteBuffer out) {
        out.putInt(discriminator)
                .putLong(minRxMicros)
                .putLong(desiredMinTxMicros)
                .putInt(detectMultiplier);
    }

    /** What was known of an end that was Up. */
    public static Remote read(ByteBuffer in) {
        Remote remote = new Remote();
        remote.discriminator = in.getInt();
        remote.minRxMicros = in.getLong();
        remote.desiredMinTxMicros = in.getLong();
        remote.detectMultiplier = in.getInt();
        remote.state = BfdState.UP;
        return remote;
    }

    void be(Remote other) {
        discriminator = other.discriminator;
        minRxMicros = other.minRxMicros;
        desiredMinTxMicros = other.desiredMinTxMicros;
        detectMultiplier = other.detectMultiplier;
        state = other.state;
    }

    /** Nothing came for a detection time: RFC 5880 section 6.8.1, bfd.RemoteDiscr. */
    void forget() {
        discriminator = 0;
        demand = false;
    }
}
