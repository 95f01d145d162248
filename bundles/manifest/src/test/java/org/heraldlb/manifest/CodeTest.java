package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every code is documented. */
class CodeTest {

    @Test
    void theTableOfProblemsHasEachCode() throws IOException {
        Set<String> documented = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("../../docs/problems.md"))) {
            if (line.startsWith("| `")) {
                documented.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        assertThat(documented)
                .containsAll(Arrays.stream(Code.values()).map(Code::text).toList());
        assertThat(Arrays.stream(Code.values()).map(Code::text))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z][A-Za-z0-9]+"));
    }
}
