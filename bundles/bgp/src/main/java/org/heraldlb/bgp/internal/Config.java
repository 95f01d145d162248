package org.heraldlb.bgp.internal;

import java.time.Duration;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.speaker.SpeakerSettings;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code org.heraldlb.bgp}: what holds for all peers. */
@ObjectClassDefinition(name = "Herald BGP", description = "The native BGP speaker")
@interface Config {

    @AttributeDefinition(description = "BGP identifier where a peer names none; empty: an IPv4 address of ours")
    String routerId() default "";

    @AttributeDefinition(description = "true: peers may dial us, on all addresses")
    boolean listen() default false;

    @AttributeDefinition(description = "TCP port where peers may dial us, 1 to 65535")
    int port() default 179;

    @AttributeDefinition(description = "hold time in seconds where a peer names none, 0 or 3 to 65535")
    int holdTime() default 90;

    @AttributeDefinition(
            description = "seconds that an attempt to connect may take where a peer names none, 1 to 65535")
    int connectTime() default 2;

    @AttributeDefinition(
            description = "offer graceful restart to every peer, not only to those with enableGracefulRestart")
    boolean gracefulRestart() default false;

    @AttributeDefinition(description = "seconds that a peer keeps our routes while we restart, 1 to 4095")
    int restartTime() default 120;

    @AttributeDefinition(
            description =
                    "seconds that a peer keeps our routes after that as a last resort (RFC 9494), 0 to 16777215; 0: not"
                            + " offered")
    int longLivedTime() default 0;

    @AttributeDefinition(description = "send hold time in seconds (RFC 9687); -1: at least 480, 0: off")
    int sendHoldTime() default -1;

    @AttributeDefinition(description = "received routes that are kept for display, for each peer")
    int maxReceivedRoutes() default 1000;

    @AttributeDefinition(description = "auto, or nio: the JDK's sockets, without MD5, TTL security and devices")
    String transport() default "auto";

    /** A configuration, checked. */
    final class Reader {

        private static final int MAX_16 = 65535;
        private static final int MAX_RESTART = 4095;
        private static final int MAX_24 = (1 << 24) - 1;
        private static final int MIN_HOLD = 3;

        private Reader() {}

        /** @throws IllegalArgumentException naming the key, the value and the rule */
        static SpeakerSettings settings(Config config) {
            int hold = inRange("holdTime", config.holdTime(), 0, MAX_16);
            if (hold != 0 && hold < MIN_HOLD) {
                throw new IllegalArgumentException("holdTime is 0 or 3 to 65535, not " + hold);
            }
            SpeakerSettings.Timers timers = new SpeakerSettings.Timers(
                    Duration.ofSeconds(hold),
                    Duration.ofSeconds(inRange("connectTime", config.connectTime(), 1, MAX_16)),
                    Duration.ofSeconds(inRange("restartTime", config.restartTime(), 1, MAX_RESTART)),
                    Duration.ofSeconds(inRange("longLivedTime", config.longLivedTime(), 0, MAX_24)),
                    config.sendHoldTime() < 0
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds(config.sendHoldTime())));
            return new SpeakerSettings(
                    routerId(config.routerId()),
                    config.listen() ? inRange("port", config.port(), 1, MAX_16) : 0,
                    timers,
                    config.gracefulRestart(),
                    inRange("maxReceivedRoutes", config.maxReceivedRoutes(), 0, Integer.MAX_VALUE));
        }

        private static Optional<IpAddress> routerId(String text) {
            if (text.isBlank()) {
                return Optional.empty();
            }
            IpAddress address = IpAddress.parse(text.strip());
            if (!address.isV4() || address.isUnspecified()) {
                throw new IllegalArgumentException("routerId is an IPv4 address other than 0.0.0.0, not " + text);
            }
            return Optional.of(address);
        }

        private static int inRange(String key, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(key + " is " + least + " to " + most + ", not " + value);
            }
            return value;
        }
    }
}
