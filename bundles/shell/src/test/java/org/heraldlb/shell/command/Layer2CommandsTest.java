package org.heraldlb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.l2.L2Neighbor;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.shell.internal.Layer2EyesComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Layer2CommandsTest {

    private static final L2View SEEN = new L2View() {
        @Override
        public List<L2Neighbor> neighbors() {
            Instant then = Instant.parse("2030-01-01T00:00:00Z");
            return List.of(new L2Neighbor(
                    "eth0",
                    MacAddress.parse("02:00:00:00:00:01"),
                    Optional.of(IpAddress.parse("192.0.2.1")),
                    IpAddress.parse("192.0.2.100"),
                    3,
                    then,
                    then.plusMillis(1234)));
        }

        @Override
        public List<L2Check> checks() {
            return List.of();
        }

        @Override
        public byte[] capture() {
            return new byte[] {1, 2, 3};
        }
    };

    @TempDir
    private Path directory;

    private static Layer2Neighbors neighbors(List<String> words) {
        Layer2Neighbors command = new Layer2Neighbors();
        command.eyes = () -> Optional.of(SEEN);
        command.session = Sessions.with(Map.of());
        command.words = words;
        return command;
    }

    private Layer2Capture capture(String name, boolean force) {
        Layer2Capture command = new Layer2Capture();
        command.eyes = () -> Optional.of(SEEN);
        command.to = directory.resolve(name).toString();
        command.force = force;
        return command;
    }

    @Test
    void whoAskedIsATableAndJson() {
        assertThat(neighbors(List.of()).execute())
                .contains("2030-01-01T00:00:01.234Z  192.0.2.1  02:00:00:00:00:01  eth0", "192.0.2.100");
        assertThat(neighbors(List.of("192.0.2.100", "-o", "json")).execute()).contains("\"questions\": 3");
        assertThat(neighbors(List.of("192.0.2.99")).execute()).startsWith("nobody asked");
        assertThatThrownBy(() -> neighbors(List.of("web")).execute()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCaptureIsWrittenForItsOwnerOnly() throws IOException {
        assertThat(capture("a.pcapng", false).execute())
                .startsWith("wrote 3 bytes to " + directory.resolve("a.pcapng"));

        assertThat(Files.readAllBytes(directory.resolve("a.pcapng"))).containsExactly(1, 2, 3);
        assertThat(Files.getPosixFilePermissions(directory.resolve("a.pcapng"))).hasSize(2);
    }

    @Test
    void aCaptureReplacesNothingUnlessTold() throws IOException {
        Files.writeString(directory.resolve("a.pcapng"), "something else");

        assertThatThrownBy(() -> capture("a.pcapng", false).execute()).hasMessageContaining("--force");
        capture("a.pcapng", true).execute();

        assertThat(Files.size(directory.resolve("a.pcapng"))).isEqualTo(3);
    }

    @Test
    void aCaptureGoesThroughNoLinkAndToNoOtherKindOfFile() throws IOException {
        Path victim = Files.writeString(directory.resolve("passwd"), "x");
        Files.createSymbolicLink(directory.resolve("link.pcapng"), victim);

        assertThatThrownBy(() -> capture("link.pcapng", false).execute()).hasMessageContaining("exists");
        assertThatThrownBy(() -> capture("link.pcapng", true).execute()).hasMessageContaining("plain file");
        assertThatThrownBy(() -> capture("passwd", true).execute()).hasMessageContaining(".pcapng");
        assertThatThrownBy(() -> capture("nowhere/a.pcapng", false).execute())
                .hasMessageContaining("no such directory");
        assertThat(Files.readString(victim)).isEqualTo("x");
    }

    @Test
    void withoutAnAnnouncerItSaysSo() {
        assertThatThrownBy(() -> new Layer2EyesComponent().view())
                .hasMessage("no layer 2 announcer is running; install herald-l2");
    }
}
