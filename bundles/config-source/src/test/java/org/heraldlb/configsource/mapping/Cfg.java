package org.heraldlb.configsource.mapping;

import java.util.Map;
import java.util.TreeMap;

/** The text of a {@code .cfg} file as the dictionary that File Install makes of it. */
final class Cfg {

    private Cfg() {}

    static Map<String, Object> properties(String text) {
        Map<String, Object> properties = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            properties.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        });
        return properties;
    }
}
