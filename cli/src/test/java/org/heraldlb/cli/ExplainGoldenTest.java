package org.heraldlb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.heraldlb.view.Paper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the explanation says, word for word: each pool, node and peer that was considered and why. The files {@code
 * explain/NAME.yaml} and {@code explain/NAME.txt} are question and answer; {@code -Dherald.golden=DIR} writes the answers
 * there instead of comparing them.
 */
class ExplainGoldenTest {

    private static final String WRITE = System.getProperty("herald.golden", "");

    @ParameterizedTest
    @ValueSource(strings = {"pools", "families-and-sharing", "extensions", "nodes", "routes"})
    void theAnswerIsTheOneOnFile(String name) throws IOException, URISyntaxException {
        Path question = Path.of(
                ExplainGoldenTest.class.getResource("explain/" + name + ".yaml").toURI());
        String answer = plan(question).replace(question.toString(), name + ".yaml");
        if (!WRITE.isEmpty()) {
            Files.writeString(Path.of(WRITE, name + ".txt"), answer);
            return;
        }
        assertThat(answer).isEqualTo(Files.readString(question.resolveSibling(name + ".txt")));
    }

    private static String plan(Path documents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(Paper.PLAIN, "this-host");
        new CommandLine(to, to, terminal, Instant.parse("2030-01-01T00:00:00Z")).run("plan", documents.toString());
        return out.toString(StandardCharsets.UTF_8);
    }
}
