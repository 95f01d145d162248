package org.heraldlb.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.manifest.tree.YamlWriter;

/** The same trees of records as the JSON form, in YAML. */
final class Yaml {

    private Yaml() {}

    static String write(Object page) {
        return YamlWriter.write(object((Record) page));
    }

    private static Map<String, Object> object(Record object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            Object value = read(component, object);
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(present -> fields.put(component.getName(), tree(present)));
            } else if (value instanceof OptionalLong optional) {
                optional.ifPresent(present -> fields.put(component.getName(), present));
            } else {
                fields.put(component.getName(), tree(value));
            }
        }
        return fields;
    }

    private static Object read(RecordComponent component, Record object) {
        try {
            return component.getAccessor().invoke(object);
        } catch (IllegalAccessException | InvocationTargetException hidden) {
            throw new IllegalStateException(object.getClass() + " is not a public record", hidden);
        }
    }

    private static Object tree(Object value) {
        if (value instanceof Record object) {
            return object(object);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(tree(item)));
            return items;
        }
        return value;
    }
}
