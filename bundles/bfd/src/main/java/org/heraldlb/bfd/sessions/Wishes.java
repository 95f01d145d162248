package org.heraldlb.bfd.sessions;

import java.util.Optional;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bfd.auth.Authenticators;

/** What a request may ask for. */
final class Wishes {

    private static final int LEAST_MICROS = 10_000;
    private static final int MOST_MICROS = 60_000_000;

    private Wishes() {}

    /** What is wrong with a request, in one line. */
    static Optional<String> fault(BfdSessionRequest request) {
        return faultOf(request.key()).or(() -> faultOf(request.timing())).or(() -> request.authentication()
                .flatMap(Authenticators::fault));
    }

    private static Optional<String> faultOf(BfdSessionKey key) {
        IpAddress peer = key.peer();
        if (peer.isMulticast() || peer.isUnspecified()) {
            return Optional.of("peer " + peer + " is no address of one host");
        }
        if (key.local().filter(local -> local.family() != peer.family()).isPresent()) {
            return Optional.of(
                    "peer " + peer + " and local address " + key.local().get() + " are of two families");
        }
        if (key.unaffiliated()) {
            boolean complete = peer.isV4()
                    && key.local().isPresent()
                    && key.linkInterface().isPresent()
                    && !key.multihop();
            return complete
                    ? Optional.empty()
                    : Optional.of("an unaffiliated session needs an IPv4 peer, local and interface, and is single hop");
        }
        boolean zoneless =
                peer.isV6() && peer.isLinkLocal() && key.linkInterface().isEmpty();
        return zoneless
                ? Optional.of("peer " + peer + " is link-local: name the interface that leads to it")
                : Optional.empty();
    }

    private static Optional<String> faultOf(BfdSessionTiming timing) {
        return outside("desiredMinTxMicros", timing.desiredMinTxMicros(), LEAST_MICROS, MOST_MICROS)
                .or(() -> outside("requiredMinRxMicros", timing.requiredMinRxMicros(), LEAST_MICROS, MOST_MICROS))
                .or(() -> outside("detectMultiplier", timing.detectMultiplier(), 1, 255))
                .or(() -> timing.requiredMinEchoRxMicros() == 0
                        ? Optional.empty()
                        : outside(
                                "requiredMinEchoRxMicros", timing.requiredMinEchoRxMicros(), LEAST_MICROS, MOST_MICROS))
                .or(() -> outside("minimumTtl", timing.minimumTtl(), 1, 255));
    }

    private static Optional<String> outside(String name, int value, int least, int most) {
        return value < least || value > most
                ? Optional.of(name + " is " + least + " to " + most + ", not " + value)
                : Optional.empty();
    }
}
