package org.heraldlb.frr.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.speaker.AttachedFrr;
import org.heraldlb.frr.speaker.FrrHost;
import org.heraldlb.frr.speaker.ManagedFrr;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code org.heraldlb.frr}: where FRR is, and what holds for all peers. */
@ObjectClassDefinition(name = "Herald FRR", description = "The announcer that drives an FRR")
@interface Config {

    @AttributeDefinition(description = "attached: an FRR that the operator runs; managed: one that Herald runs")
    String mode() default "attached";

    @AttributeDefinition(description = "directory of bgpd.vty of the attached FRR")
    String sockets() default "/var/run/frr";

    @AttributeDefinition(description = "directory of bgpd, for managed")
    String programs() default "/usr/lib/frr";

    @AttributeDefinition(description = "private directory, for managed; empty: one under /run")
    String directory() default "";

    @AttributeDefinition(description = "user and group of the managed daemons; empty: Herald's own")
    String user() default "frr";

    @AttributeDefinition(description = "BGP identifier where no peer names one; empty: FRR chooses")
    String routerId() default "";

    @AttributeDefinition(description = "hold time in seconds where a peer names none, 0 or 3 to 65535; -1: FRR's, 180")
    int holdTime() default -1;

    @AttributeDefinition(description = "seconds between attempts to connect where a peer names none, 1 to 65535")
    int connectTime() default 2;

    @AttributeDefinition(
            description = "offer graceful restart to every peer, not only to those with enableGracefulRestart")
    boolean gracefulRestart() default false;

    @AttributeDefinition(description = "seconds that a peer keeps our routes while FRR restarts, 1 to 4095")
    int restartTime() default 120;

    @AttributeDefinition(description = "FRR keeps what peers tell, for display; nothing of it is ever used")
    boolean keepReceived() default false;

    @AttributeDefinition(description = "milliseconds for which FRR waits for more peers before it tells the first")
    int coalesceTime() default 10;

    @AttributeDefinition(description = "file of FRR commands that are said after ours; empty: none")
    String extras() default "";

    /** A configuration, checked. */
    final class Reader {

        private static final int MAX_16 = 65_535;
        private static final int MAX_RESTART = 4095;
        private static final int MIN_HOLD = 3;

        private Reader() {}

        /** @throws IllegalArgumentException naming the key, the value and the rule */
        static FrrSettings settings(Config config) {
            int hold = inRange("holdTime", config.holdTime(), -1, MAX_16);
            if (hold > 0 && hold < MIN_HOLD) {
                throw new IllegalArgumentException("holdTime is -1, 0 or 3 to 65535, not " + hold);
            }
            return new FrrSettings(
                    routerId(config.routerId()),
                    config.gracefulRestart(),
                    inRange("restartTime", config.restartTime(), 1, MAX_RESTART),
                    inRange("connectTime", config.connectTime(), 1, MAX_16),
                    hold < 0 ? OptionalInt.empty() : OptionalInt.of(hold),
                    config.keepReceived(),
                    inRange("coalesceTime", config.coalesceTime(), 1, MAX_16));
        }

        static FrrHost host(Config config) {
            return switch (config.mode().strip().toLowerCase(Locale.ROOT)) {
                case "attached" -> new AttachedFrr(Path.of(config.sockets().strip()), Ticker.SYSTEM);
                case "managed" ->
                    new ManagedFrr(
                            new ManagedFrr.Places(
                                    Path.of(config.programs().strip()),
                                    directory(config.directory().strip()),
                                    config.user().strip(),
                                    Path.of(config.sockets().strip())),
                            Ticker.SYSTEM);
                default -> throw new IllegalArgumentException("mode is attached or managed, not " + config.mode());
            };
        }

        /** The operator's own commands, without comments. */
        static List<String> extras(Config config) {
            if (config.extras().isBlank()) {
                return List.of();
            }
            try {
                return Files.readAllLines(Path.of(config.extras().strip())).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("!") && !line.startsWith("#"))
                        .toList();
            } catch (IOException failure) {
                throw new IllegalArgumentException("extras: cannot read " + config.extras(), failure);
            }
        }

        /** One for each instance of Herald, and short: a socket's path has at most 107 bytes. */
        private static Path directory(String given) {
            if (!given.isEmpty()) {
                return Path.of(given);
            }
            CRC32 sum = new CRC32();
            sum.update(System.getProperty("herald.state", System.getProperty("karaf.base", "."))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Path run = Path.of("/run");
            Path base = Files.isWritable(run) ? run : Path.of(System.getProperty("java.io.tmpdir"));
            return base.resolve("herald-frr-" + Long.toHexString(sum.getValue()));
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
