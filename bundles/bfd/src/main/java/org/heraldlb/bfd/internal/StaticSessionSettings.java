package org.heraldlb.bfd.internal;

import java.util.Locale;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;

/** Reads the configuration of a {@link StaticSession}; refuses with the name, the value and the rule. */
final class StaticSessionSettings {

    private StaticSessionSettings() {}

    static BfdSessionKey key(StaticSession.Config config) {
        return new BfdSessionKey(
                address("peer", config.peer()),
                given(config.local()).map(text -> address("local", text)),
                given(config.interface$()),
                config.multihop(),
                given(config.vrf()),
                config.unaffiliated());
    }

    static BfdSessionTiming timing(StaticSession.Config config) {
        return new BfdSessionTiming(
                micros("transmitInterval", config.transmitInterval()),
                micros("receiveInterval", config.receiveInterval()),
                inRange("detectMultiplier", config.detectMultiplier(), 1, 255),
                config.echoMode() ? micros("echoInterval", config.echoInterval()) : 0,
                config.passive(),
                inRange("minimumTtl", config.minimumTtl(), 1, 255));
    }

    static Optional<BfdAuthentication> authentication(StaticSession.Config config) {
        String type = config.authentication().strip();
        if (type.isEmpty() || type.equals("none")) {
            return Optional.empty();
        }
        return Optional.of(new BfdAuthentication(
                type(type), inRange("keyId", config.keyId(), 0, 255), new SecretValue(config._key())));
    }

    private static BfdAuthentication.Type type(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (BfdAuthentication.Type type : BfdAuthentication.Type.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("authentication: \"" + text + "\" is no kind that RFC 5880 has");
    }

    private static Optional<String> given(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private static IpAddress address(String name, String text) {
        try {
            return IpAddress.parse(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
        }
    }

    private static int micros(String name, int millis) {
        return inRange(name, millis, 10, 60_000) * 1000;
    }

    private static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
