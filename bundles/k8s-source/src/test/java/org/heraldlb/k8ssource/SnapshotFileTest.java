package org.heraldlb.k8ssource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.Origins;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotFileTest {

    private static final List<ConfigObject> OBJECTS = List.of(
            Intents.pool("lab", "192.0.2.0/24").build(),
            Intents.service("web").held("192.0.2.1").build(),
            Intents.namespace("default", "kubernetes.io/metadata.name", "default"));

    @TempDir
    Path directory;

    private Path path;
    private SnapshotFile file;

    @BeforeEach
    void name() {
        path = directory.resolve("state/kubernetes.yaml");
        file = new SnapshotFile(path, "kubernetes");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(file.read()).isEmpty();
        file.write(OBJECTS);
        List<ConfigObject> read = file.read().orElseThrow();
        assertThat(read).hasSameSizeAs(OBJECTS);
        for (int i = 0; i < read.size(); i++) {
            assertThat(Origins.sameMeaning(read.get(i), OBJECTS.get(i))).isTrue();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTornFileIsNotUsed() throws IOException {
        file.write(OBJECTS);
        String text = Files.readString(path);
        Files.writeString(path, text.substring(0, text.length() - 5));
        assertThat(file.read()).isEmpty();
        Files.writeString(path, "kind: [\n# complete\n");
        assertThat(file.read()).isEmpty();
    }

    @Test
    void anotherWriteReplacesTheFirst() {
        file.write(OBJECTS);
        file.write(List.of());
        assertThat(file.read().orElseThrow()).isEmpty();
    }
}
