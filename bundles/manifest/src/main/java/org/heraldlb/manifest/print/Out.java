package org.heraldlb.manifest.print;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.heraldlb.manifest.read.GoDuration;

/** One map of a document being written: absent values and empty collections are left out. */
final class Out {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    Map<String, Object> fields() {
        return fields;
    }

    Out put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    Out put(String name, Optional<?> value) {
        value.ifPresent(present -> fields.put(name, present));
        return this;
    }

    Out put(String name, OptionalLong value) {
        value.ifPresent(present -> fields.put(name, present));
        return this;
    }

    Out put(String name, OptionalInt value) {
        value.ifPresent(present -> fields.put(name, present));
        return this;
    }

    Out putUnless(boolean usual, String name, Object value) {
        return usual ? this : put(name, value);
    }

    Out flag(String name, boolean value) {
        return putUnless(!value, name, true);
    }

    Out time(String name, Optional<Duration> value) {
        return put(name, value.map(GoDuration::print));
    }

    Out list(String name, Collection<?> values) {
        return putUnless(values.isEmpty(), name, values);
    }

    <T> Out list(String name, Collection<T> values, Function<T, ?> each) {
        List<Object> written = new ArrayList<>(values.size());
        values.forEach(value -> written.add(each.apply(value)));
        return list(name, written);
    }

    Out map(String name, Map<String, ?> values) {
        return putUnless(values.isEmpty(), name, new TreeMap<>(values));
    }

    Out object(String name, Out child) {
        return putUnless(child.fields.isEmpty(), name, child.fields);
    }
}
