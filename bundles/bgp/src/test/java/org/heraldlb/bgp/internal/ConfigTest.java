package org.heraldlb.bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigTest {

    /** The shipped file names every key with its default, so that nobody has to look elsewhere. */
    @Test
    void the_default_file_holds_every_key_with_its_default() throws IOException {
        Properties shipped = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/cfg/org.heraldlb.bgp.cfg"))) {
            shipped.load(in);
        }
        Set<String> keys = Stream.of(Config.class.getDeclaredMethods())
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(new TreeSet<>(shipped.stringPropertyNames())).isEqualTo(new TreeSet<>(keys));
        for (Method key : Config.class.getDeclaredMethods()) {
            assertThat(shipped.getProperty(key.getName()))
                    .as(key.getName())
                    .isEqualTo(String.valueOf(key.getDefaultValue()));
        }
    }
}
