package org.heraldlb.bgp.speaker;

import java.util.Optional;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Timing;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Notification;

/** BFD for one session (RFC 5882). On the loop only. */
final class BfdWatch implements AutoCloseable {

    private static final int MICROS = 1000;
    private static final int DEFAULT_MIN_TTL = 254;
    /** FRR replaces its BFD session when BGP comes up; a Down that soon says nothing about the path. */
    private static final long SETTLING_NANOS = 1_000_000_000L;

    private final PeerSession session;
    private final BfdSessionKey key;
    private final BfdSessionTiming timing;
    private final Registration registration;
    private BfdState state = BfdState.UNAVAILABLE;

    BfdWatch(PeerSession session, BfdSessionKey key, BfdSessionTiming timing, BfdPort port, Surroundings around) {
        this.session = session;
        this.key = key;
        this.timing = timing;
        registration = port.watch(key, timing, "bgp:" + session.config().name(), heard -> around.transport()
                .loop()
                .execute(() -> heard(heard)));
    }

    /** The session and the timing that a peer's profile asks for. */
    boolean matches(BfdSessionKey otherKey, BfdSessionTiming otherTiming) {
        return key.equals(otherKey) && timing.equals(otherTiming);
    }

    private void heard(BfdSessionState heard) {
        boolean failed = state == BfdState.UP && heard.state() == BfdState.DOWN && !heard.remoteAdminDown();
        state = heard.state();
        if (failed && session.upForNanos() > SETTLING_NANOS) {
            session.reset(Notification.of(BgpError.BFD_DOWN));
        }
    }

    BfdState state() {
        return state;
    }

    static BfdSessionKey key(PeerPlan plan, PeerConfig config) {
        Peer.Endpoint endpoint = plan.peer().endpoint();
        boolean multihop = plan.peer().options().extensions().bfdMultihop().orElse(endpoint.multihop());
        return new BfdSessionKey(
                org.heraldlb.api.net.IpAddress.of(config.endpoint().remote().getAddress()),
                endpoint.source(),
                endpoint.linkInterface(),
                multihop,
                endpoint.vrf(),
                false);
    }

    static BfdSessionTiming timing(BfdProfile profile) {
        Timing wanted = profile.timing();
        Timing standard = Timing.DEFAULT;
        return new BfdSessionTiming(
                wanted.transmitInterval().orElse(standard.transmitInterval().orElseThrow()) * MICROS,
                wanted.receiveInterval().orElse(standard.receiveInterval().orElseThrow()) * MICROS,
                wanted.detectMultiplier().orElse(standard.detectMultiplier().orElseThrow()),
                echo(profile),
                profile.passiveMode(),
                profile.minimumTtl().orElse(DEFAULT_MIN_TTL));
    }

    private static int echo(BfdProfile profile) {
        int millis = profile.timing()
                .echoInterval()
                .orElse(Timing.DEFAULT.echoInterval().orElseThrow());
        return profile.echoMode() ? millis * MICROS : 0;
    }

    /** What a plan asks for, if anything. */
    static Optional<BfdProfile> wanted(PeerPlan plan) {
        return plan.bfd();
    }

    @Override
    public void close() {
        registration.close();
    }
}
