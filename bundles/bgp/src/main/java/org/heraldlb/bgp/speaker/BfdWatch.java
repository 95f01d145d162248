package org.heraldlb.bgp.speaker;

import java.util.Optional;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdAuthentication;
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

    /** How long a strict session may stand without BFD: after its BFD session was replaced, or was never up. */
    private static final long STRICT_HOLD_NANOS = 30_000_000_000L;

    private final PeerSession session;
    private final Wish wish;
    private final Surroundings around;
    private final String holdTag;
    private final Registration registration;
    private BfdState state = BfdState.UNAVAILABLE;
    private boolean closed;

    /**
     * What a peer asks for.
     *
     * @param key which session
     * @param timing how fast
     * @param authentication of its packets
     * @param strict no BGP without it
     */
    record Wish(
            BfdSessionKey key, BfdSessionTiming timing, Optional<BfdAuthentication> authentication, boolean strict) {

        static Wish of(PeerPlan plan, BfdProfile profile, PeerConfig config) {
            return new Wish(
                    BfdWatch.key(plan, config),
                    BfdWatch.timing(profile),
                    profile.authentication().map(BfdWatch::authentication),
                    plan.peer().options().extensions().bfdStrict());
        }
    }

    /** @param before the watch that this one replaces, null: none; what it heard of the same session still holds */
    BfdWatch(PeerSession session, Wish wish, BfdWatch before, BfdPort port, Surroundings around) {
        this.session = session;
        this.wish = wish;
        this.around = around;
        holdTag = "strict " + session.config().name();
        if (before != null && before.wish.key().equals(wish.key())) {
            state = before.state;
        }
        gate(state == BfdState.UP || state == BfdState.ADMIN_DOWN);
        registration = port.watch(
                wish.key(),
                wish.timing(),
                wish.authentication(),
                "bgp:" + session.config().name(),
                heard -> around.transport().loop().execute(() -> heard(heard)));
    }

    boolean matches(Wish other) {
        return wish.equals(other);
    }

    private void heard(BfdSessionState heard) {
        if (closed) {
            return;
        }
        boolean failed = state == BfdState.UP && heard.state() == BfdState.DOWN && !heard.remoteAdminDown();
        state = heard.state();
        gate(state == BfdState.UP || state == BfdState.ADMIN_DOWN || heard.remoteAdminDown());
        if (failed && session.upForNanos() > SETTLING_NANOS) {
            session.reset(Notification.of(BgpError.BFD_DOWN));
        } else if (wish.strict() && heard.state() == BfdState.DOWN && !heard.remoteAdminDown()) {
            around.transport().loop().schedule(holdTag, around.now() + STRICT_HOLD_NANOS, this::resetWithoutBfd);
        }
    }

    /** BFD that is down on purpose has no say (draft-ietf-idr-bgp-bfd-strict-mode). */
    private void gate(boolean open) {
        if (open || !wish.strict()) {
            around.transport().loop().cancel(holdTag);
            session.release();
        } else {
            session.hold();
        }
    }

    private void resetWithoutBfd() {
        if (!closed && session.isEstablished()) {
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

    /** In a plan the key is always there. */
    private static BfdAuthentication authentication(BfdProfile.Authentication wanted) {
        return new BfdAuthentication(
                BfdAuthentication.Type.valueOf(wanted.type().name()),
                wanted.keyId(),
                wanted.key().orElseThrow());
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
        closed = true;
        registration.close();
    }
}
