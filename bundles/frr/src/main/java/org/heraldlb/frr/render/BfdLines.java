package org.heraldlb.frr.render;

import java.util.OptionalInt;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Timing;
import org.heraldlb.frr.config.Names;
import org.heraldlb.frr.config.Section;

/** A BFD profile; what is FRR's default is not said, as FRR does not print it. */
final class BfdLines {

    private static final int MIN_TTL = 254;

    private BfdLines() {}

    static String name(BfdProfile profile) {
        return Names.OURS + Names.encode(profile.ref().name());
    }

    static Section section(BfdProfile profile) {
        Section section = new Section("profile " + name(profile));
        Timing timing = profile.timing();
        unlessDefault(section, "detect-multiplier ", timing.detectMultiplier(), Timing.DEFAULT.detectMultiplier());
        unlessDefault(section, "transmit-interval ", timing.transmitInterval(), Timing.DEFAULT.transmitInterval());
        unlessDefault(section, "receive-interval ", timing.receiveInterval(), Timing.DEFAULT.receiveInterval());
        unlessDefault(section, "echo transmit-interval ", timing.echoInterval(), Timing.DEFAULT.echoInterval());
        unlessDefault(section, "echo receive-interval ", timing.echoInterval(), Timing.DEFAULT.echoInterval());
        if (profile.passiveMode()) {
            section.add("passive-mode");
        }
        if (profile.echoMode()) {
            section.add("echo-mode");
        }
        unlessDefault(section, "minimum-ttl ", profile.minimumTtl(), OptionalInt.of(MIN_TTL));
        return section;
    }

    private static void unlessDefault(Section section, String word, OptionalInt value, OptionalInt standard) {
        if (value.isPresent() && !value.equals(standard)) {
            section.add(word + value.getAsInt());
        }
    }
}
