package org.heraldlb.membership.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.heraldlb.membership.engine.Settings;
import org.heraldlb.membership.protocol.Timing;

/** Reads the configuration; refuses with the name, the value and the rule. */
final class SettingsReader {

    private SettingsReader() {}

    static Settings read(String node, MembershipConfig config) {
        List<String> peers = Arrays.stream(config.peers().split("[,\\s]+"))
                .filter(peer -> !peer.isEmpty())
                .toList();
        int detection = inRange("detection", config.detection(), 100, 60_000);
        int interval = inRange("interval", or(config.interval(), detection / 6), 5, detection / 4);
        int lease = inRange("lease", or(config.lease(), detection), 4 * interval, 60_000);
        return new Settings(
                node,
                config.cluster().strip(),
                new Settings.Sources(peers, config.dns().strip(), config.kubernetes()),
                config.bind().strip(),
                inRange("port", config.port(), 1, 65_535),
                config._key().strip(),
                config.insecure(),
                inRange("size", config.size(), 0, 64),
                Timing.of(Duration.ofMillis(interval), Duration.ofMillis(detection), Duration.ofMillis(lease)),
                config.ping());
    }

    private static int or(int given, int otherwise) {
        return given == 0 ? otherwise : given;
    }

    private static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
