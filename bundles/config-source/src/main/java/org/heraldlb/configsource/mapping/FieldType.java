package org.heraldlb.configsource.mapping;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a text in a {@code .cfg} file, where all values are texts, is meant to be. Told by the field's name, which means
 * the same in all kinds. A text that does not fit stays a text, so that the reader of documents refuses it by its rule.
 */
enum FieldType {
    TEXT {
        @Override
        Object of(String text) {
            return text;
        }
    },
    INTEGER {
        @Override
        Object of(String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException none) {
                return text;
            }
        }
    },
    BOOLEAN {
        @Override
        Object of(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> text;
            };
        }
    },
    /** {@code a, b}. */
    LIST {
        @Override
        Object of(String text) {
            return parts(text, ",");
        }
    },
    /** {@code tcp/80, udp/53}; TCP unless said. */
    PORTS {
        @Override
        Object of(String text) {
            return parts(text, ",").stream().map(FieldType::port).toList();
        }
    },
    /** {@code rack=a, zone=b; rack=c}: all labels of one selector must match, one of the selectors must. */
    SELECTORS {
        @Override
        Object of(String text) {
            return parts(text, ";").stream().map(FieldType::selector).toList();
        }
    };

    private static final Set<String> INTEGERS = Set.of(
            "aggregationLength",
            "aggregationLengthV6",
            "detectMultiplier",
            "echoInterval",
            "fall",
            "keyId",
            "localASN",
            "localPref",
            "maxAddresses",
            "maxPrefixes",
            "med",
            "minimumTtl",
            "myASN",
            "peerASN",
            "peerPort",
            "port",
            "prepend",
            "priority",
            "receiveInterval",
            "rise",
            "transmitInterval",
            "ttlSecurityHops",
            "weight");
    private static final Set<String> BOOLEANS = Set.of(
            "autoAssign",
            "avoidBuggyIPs",
            "bfdMultihop",
            "bfdStrict",
            "disableMP",
            "dualStackAddressFamily",
            "ebgpMultiHop",
            "echoMode",
            "enableGracefulRestart",
            "passive",
            "passiveMode",
            "spread",
            "sticky");
    private static final Set<String> LISTS = Set.of(
            "addresses",
            "communities",
            "excluded",
            "interfaces",
            "ipAddressPools",
            "ipFamilies",
            "namespaces",
            "nodes",
            "peers",
            "values");
    private static final Set<String> SELECTOR_LISTS =
            Set.of("ipAddressPoolSelectors", "namespaceSelectors", "nodeSelectors", "serviceSelectors");

    abstract Object of(String text);

    static FieldType named(String field) {
        if (INTEGERS.contains(field)) {
            return INTEGER;
        }
        if (BOOLEANS.contains(field)) {
            return BOOLEAN;
        }
        if (LISTS.contains(field)) {
            return LIST;
        }
        if (SELECTOR_LISTS.contains(field)) {
            return SELECTORS;
        }
        return field.equals("ports") ? PORTS : TEXT;
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Object port(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Map.of("port", INTEGER.of(text));
        }
        Map<String, Object> port = new LinkedHashMap<>();
        port.put("protocol", text.substring(0, slash).strip().toUpperCase(Locale.ROOT));
        port.put("port", INTEGER.of(text.substring(slash + 1).strip()));
        return port;
    }

    private static Object selector(String text) {
        Map<String, Object> labels = new LinkedHashMap<>();
        for (String part : parts(text, ",")) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                return text;
            }
            labels.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return Map.of("matchLabels", labels);
    }
}
