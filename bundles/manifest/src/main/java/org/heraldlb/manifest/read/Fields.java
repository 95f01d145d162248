package org.heraldlb.manifest.read;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.Code;

/**
 * One map of a document, read field by field. Each getter reports a value of the wrong type and gives the default then;
 * null counts as absent, as in Kubernetes. {@link #close()} reports the fields that nobody asked for.
 */
final class Fields implements AutoCloseable {

    private static final String QUOTE = "put it in quotes: YAML reads it as another type";

    private final Findings findings;
    private final String path;
    private final Map<?, ?> map;
    private final Set<String> known = new HashSet<>();
    private final boolean strict;

    /** @param strict false for maps that other programs own: their unknown fields are none of our business */
    Fields(Findings findings, String path, Map<?, ?> map, boolean strict) {
        this.findings = findings;
        this.path = path;
        this.map = map;
        this.strict = strict;
    }

    static Fields empty(Findings findings, String path) {
        return new Fields(findings, path, Map.of(), false);
    }

    Findings findings() {
        return findings;
    }

    /** JSON path of {@code name} in this map; names with a prefix, as annotations have, stand in brackets. */
    String path(String name) {
        if (name.indexOf('/') >= 0 && name.indexOf('[') < 0) {
            return path + "[" + name + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    String path() {
        return path;
    }

    private Object get(String name) {
        known.add(name);
        return map.get(name);
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** Fields that are allowed and mean nothing to Herald. */
    Fields ignore(String... names) {
        known.addAll(List.of(names));
        return this;
    }

    private void wrong(String name, Object value, String wanted, String fix) {
        findings.error(Code.WRONG_TYPE, path(name), value, path(name) + " must be " + wanted, fix);
    }

    Optional<String> text(String name) {
        Object value = get(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        wrong(name, value, "a string", isScalar(value) ? QUOTE : "");
        return Optional.empty();
    }

    /** Present and not empty. */
    Optional<String> word(String name) {
        return text(name).filter(text -> !text.isEmpty());
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map) && !(value instanceof List);
    }

    Optional<String> required(String name, String rule) {
        Optional<String> text = word(name);
        if (text.isEmpty() && !(has(name) && !(get(name) instanceof String))) {
            missing(name, rule);
        }
        return text;
    }

    void missing(String name, String rule) {
        findings.error(Code.MISSING_FIELD, path(name), "", "missing required field " + path(name) + ": " + rule);
    }

    boolean bool(String name, boolean absent) {
        return bool(name).orElse(absent);
    }

    Optional<Boolean> bool(String name) {
        Object value = get(name);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        wrong(name, value, "true or false", "");
        return Optional.empty();
    }

    OptionalLong integer(String name, long min, long max) {
        Object value = get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return inRange(name, ((Number) value).longValue(), min, max);
        }
        if (value instanceof BigInteger) {
            range(name, value, min, max);
        } else {
            wrong(name, value, "an integer", "");
        }
        return OptionalLong.empty();
    }

    private OptionalLong inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            range(name, value, min, max);
            return OptionalLong.empty();
        }
        return OptionalLong.of(value);
    }

    private void range(String name, Object value, long min, long max) {
        findings.error(
                Code.OUT_OF_RANGE,
                path(name),
                value,
                path(name) + " is " + value + ", it must be in the range " + min + " to " + max);
    }

    OptionalInt small(String name, int min, int max) {
        OptionalLong value = integer(name, min, max);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    Optional<Duration> duration(String name) {
        return text(name).flatMap(text -> convert(Code.INVALID_DURATION, path(name), text, GoDuration::parse));
    }

    Optional<IpAddress> address(String name, Code code, String rule) {
        return word(name).flatMap(text -> address(code, path(name), text, rule));
    }

    Optional<IpAddress> address(Code code, String place, String text, String rule) {
        return convert(code, place, text, word -> {
            try {
                return IpAddress.parse(word);
            } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException(rule + " \"" + word + "\": " + bad.getMessage(), bad);
            }
        });
    }

    /** Applies a parser that refuses with a sentence. */
    <T> Optional<T> convert(Code code, String place, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException bad) {
            findings.error(code, place, text, bad.getMessage());
            return Optional.empty();
        }
    }

    /** The constant whose document text is the field's value. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type, Function<E, String> spelling) {
        return onOrOff(name, type, spelling).or(() -> word(name)).flatMap(word -> {
            List<String> spellings = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                if (spelling.apply(constant).equals(word)) {
                    return Optional.of(constant);
                }
                spellings.add(spelling.apply(constant));
            }
            findings.error(
                    Code.UNKNOWN_VALUE,
                    path(name),
                    word,
                    path(name) + " is \"" + word + "\", it must be one of " + String.join(", ", spellings));
            return Optional.empty();
        });
    }

    /** YAML reads {@code off} as false, which nobody means who has a choice that is spelled so. */
    private <E extends Enum<E>> Optional<String> onOrOff(String name, Class<E> type, Function<E, String> spelling) {
        if (!(get(name) instanceof Boolean truth)) {
            return Optional.empty();
        }
        String word = truth ? "on" : "off";
        return Arrays.stream(type.getEnumConstants())
                .map(spelling)
                .filter(word::equals)
                .findFirst();
    }

    Optional<Fields> object(String name) {
        return object(name, strict);
    }

    Optional<Fields> object(String name, boolean strictly) {
        Object value = get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> fields) {
            return Optional.of(new Fields(findings, path(name), fields, strictly));
        }
        wrong(name, value, "an object", "");
        return Optional.empty();
    }

    /** The object, or one without fields. */
    Fields child(String name) {
        return object(name).orElseGet(() -> empty(findings, path(name)));
    }

    private List<?> list(String name, String of) {
        Object value = get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        wrong(name, value, "a list of " + of, "");
        return List.of();
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        List<?> list = list(name, "objects");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> fields) {
                objects.add(new Fields(findings, path(name) + "[" + i + "]", fields, strict));
            } else {
                wrong(name + "[" + i + "]", list.get(i), "an object", "");
            }
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<?> list = list(name, "strings");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text) {
                texts.add(text);
            } else {
                wrong(name + "[" + i + "]", list.get(i), "a string", isScalar(list.get(i)) ? QUOTE : "");
            }
        }
        return texts;
    }

    /** Strings of which none is there twice. */
    List<String> distinct(String name, Code code, String what) {
        List<String> texts = texts(name);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!seen.add(texts.get(i))) {
                findings.error(
                        code,
                        path(name) + "[" + i + "]",
                        texts.get(i),
                        "duplicate definition of " + what + " \"" + texts.get(i) + "\"");
            }
        }
        return texts;
    }

    Map<String, String> strings(String name) {
        Map<String, String> strings = new LinkedHashMap<>();
        Object value = get(name);
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((key, text) -> {
                if (text == null || text instanceof String) {
                    strings.put(String.valueOf(key), text == null ? "" : (String) text);
                } else {
                    wrong(name + "[" + key + "]", text, "a string", isScalar(text) ? QUOTE : "");
                }
            });
        } else if (value != null) {
            wrong(name, value, "a map of strings", "");
        }
        return strings;
    }

    @Override
    public void close() {
        if (!strict) {
            return;
        }
        unknown((name, advice) -> findings.error(
                Code.UNKNOWN_FIELD,
                path(name),
                findings.mayHoldSecrets() ? "" : map.get(name),
                "unknown field " + path(name),
                advice));
    }

    /** Tells each field that nobody asked for, and what may have been meant. */
    void unknown(BiConsumer<String, String> report) {
        for (Object key : map.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name) && !findings.full()) {
                report.accept(name, Spelling.advice(name, known));
            }
        }
    }
}
