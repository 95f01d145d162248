package org.heraldlb.manifest.read;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Authentication;
import org.heraldlb.api.intent.BfdProfile.AuthenticationType;
import org.heraldlb.api.intent.BfdProfile.Timing;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.manifest.Code;

/** {@code BFDProfile}, in {@code heraldlb.org/v1} with authentication. No key ever gets into a problem. */
final class BfdReader {

    private static final int SHORTEST_MILLIS = 10;
    private static final int LONGEST_MILLIS = 60_000;
    private static final int DEFAULT_KEY_ID = 1;

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
                    spec.small("minimumTtl", 1, 254),
                    source.extended() ? authentication(spec, source) : Optional.empty());
        }
    }

    private static Optional<Authentication> authentication(Fields spec, Source source) {
        Optional<Fields> given = spec.object("authentication");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try (Fields fields = given.get()) {
            if (!fields.has("type")) {
                fields.missing("type", "how packets are authenticated");
            }
            Optional<AuthenticationType> type = fields.choice("type", AuthenticationType.class, PoolReader::spelling);
            int keyId = fields.small("keyId", 0, 255).orElse(DEFAULT_KEY_ID);
            Optional<SecretValue> key = fields.word("key").map(SecretValue::new);
            Optional<NamespacedName> secret =
                    SecretReference.read(fields, "keySecret", source.meta().namespace());
            if (key.isPresent() == secret.isPresent()) {
                oneOf(fields, key.isPresent());
            }
            type.ifPresent(known -> key.ifPresent(value -> checkLength(fields, known, value)));
            return type.map(known -> new Authentication(known, keyId, key, secret));
        }
    }

    private static void oneOf(Fields fields, boolean both) {
        fields.findings()
                .error(
                        both ? Code.MUTUALLY_EXCLUSIVE : Code.MISSING_FIELD,
                        fields.path(both ? "keySecret" : "key"),
                        "",
                        both
                                ? "key and keySecret are mutually exclusive"
                                : "authentication needs one of key and keySecret");
    }

    private static void checkLength(Fields fields, AuthenticationType type, SecretValue key) {
        int octets = key.reveal().getBytes(StandardCharsets.UTF_8).length;
        if (octets > type.longestKey()) {
            fields.findings()
                    .error(
                            Code.OUT_OF_RANGE,
                            fields.path("key"),
                            "",
                            fields.path("key") + " has " + octets + " octets, with " + PoolReader.spelling(type)
                                    + " it must be in the range 1 to " + type.longestKey());
        }
    }
}
