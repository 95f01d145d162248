package org.heraldlb.manifest.read;

import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Timing;
import org.heraldlb.api.intent.ConfigObject;

/** {@code BFDProfile}. */
final class BfdReader {

    private static final int SHORTEST_MILLIS = 10;
    private static final int LONGEST_MILLIS = 60_000;

    private BfdReader() {}

    static ConfigObject read(Source source) {
        try (Fields spec = source.optionalSpec()) {
            Timing timing = new Timing(
                    spec.small("receiveInterval", SHORTEST_MILLIS, LONGEST_MILLIS),
                    spec.small("transmitInterval", SHORTEST_MILLIS, LONGEST_MILLIS),
                    spec.small("echoInterval", SHORTEST_MILLIS, LONGEST_MILLIS),
                    spec.small("detectMultiplier", 2, 255));
            return new BfdProfile(
                    source.ref(),
                    source.origin(),
                    timing,
                    spec.bool("echoMode", false),
                    spec.bool("passiveMode", false),
                    spec.small("minimumTtl", 1, 254));
        }
    }
}
