package org.heraldlb.filesource.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.heraldlb.testkit.Intents.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.filesource.directory.Reading;
import org.heraldlb.filesource.directory.Timing;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real directory and no real time. A file's text is the names of pools in lines; a line that starts with an
 * exclamation mark is an error.
 */
final class FileSourceTest {

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final long LIMIT = 1000;

    @TempDir
    Path root;

    private final ManualLoop loop = new ManualLoop();
    private Path directory;
    private FileSource source;
    private long modified = TimeUnit.DAYS.toSeconds(10_000);

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectory(root.resolve("herald.d"));
        source = start(loop);
    }

    private FileSource start(ManualLoop itsLoop) {
        return FileSource.start(
                new FileSource.Settings("file", directory, Duration.ofMillis(500), Timing.DEFAULT),
                new DirectoryReader(directory, LIMIT, FileSourceTest::parse),
                itsLoop,
                signal -> Watch.NONE);
    }

    private static Reading parse(String name, String text) {
        List<ConfigObject> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("!")) {
                problems.add(Problem.error("bad", name, line).at(name + "#1", "spec", line));
            } else {
                objects.add(pool(line, "192.0.2.0/28").build());
            }
        }
        return Reading.of(objects, problems);
    }

    /** Writes in place, at a time of its own: real ones may be equal for two writes of one test. */
    private void write(Path path, String text) throws IOException {
        Files.writeString(path, text);
        touch(path);
    }

    private void write(String name, String text) throws IOException {
        write(directory.resolve(name), text);
    }

    private void touch(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(modified++, TimeUnit.SECONDS));
    }

    private List<String> pools() {
        loop.advance(QUIET);
        return source.current().objects().stream().map(ConfigObject::name).toList();
    }

    private List<String> codes() {
        loop.advance(QUIET);
        return source.current().problems().stream().map(Problem::code).toList();
    }

    @Test
    void isUnsyncedUntilEverythingWasReadOnce() throws IOException {
        write("a.yaml", "a");
        assertThat(source.current()).isEqualTo(IntentFragment.unsynced("file"));
        loop.advance(Duration.ofMillis(200));
        assertThat(source.current().synced()).isTrue();
        assertThat(pools()).containsExactly("a");
    }

    @Test
    void generationsGrowWithChangesOnly() throws IOException {
        write("a.yaml", "a");
        pools();
        long first = source.current().generation();
        write("a.yaml", "a");
        pools();
        assertThat(source.current().generation()).isEqualTo(first);
        write("a.yaml", "b");
        pools();
        assertThat(source.current().generation()).isEqualTo(first + 1);
    }

    @Test
    void aFileThatIsReplacedByRenameIsReadAgain() throws IOException {
        write("a.yaml", "a");
        pools();
        write(".a.yaml.new", "b");
        Files.move(directory.resolve(".a.yaml.new"), directory.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(pools()).containsExactly("b");
    }

    @Test
    void aFileThatIsReplacedByOneOfTheSameSizeAndDateIsReadAgain() throws IOException {
        write("a.yaml", "a");
        FileTime date = Files.getLastModifiedTime(directory.resolve("a.yaml"));
        pools();
        write(".new", "b");
        Files.setLastModifiedTime(directory.resolve(".new"), date);
        Files.move(directory.resolve(".new"), directory.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(pools()).containsExactly("b");
    }

    @Test
    void aConfigMapMountIsFollowedThroughItsSwap() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..2026_01_01"));
        write(first.resolve("a.yaml"), "a");
        write(first.resolve("b.yaml"), "b");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data/a.yaml"));
        Files.createSymbolicLink(directory.resolve("b.yaml"), Path.of("..data/b.yaml"));
        assertThat(pools()).containsExactly("a", "b");

        Path second = Files.createDirectory(directory.resolve("..2026_01_02"));
        write(second.resolve("a.yaml"), "c");
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_01_02"));
        Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(pools()).containsExactly("c");
        assertThat(codes()).containsExactly("danglingLink");
        Files.delete(directory.resolve("b.yaml"));
        assertThat(codes()).isEmpty();
    }

    @Test
    void aDirectoryComesGoesAndComesBack() throws IOException {
        Files.delete(directory);
        assertThat(codes()).containsExactly("missingDirectory");
        assertThat(source.current().synced()).isTrue();
        Files.createDirectory(directory);
        write("a.yaml", "a");
        assertThat(pools()).containsExactly("a");
        Files.move(directory, root.resolve("away"));
        assertThat(pools()).isEmpty();
        Files.move(root.resolve("away"), directory);
        assertThat(pools()).containsExactly("a");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAProblem() throws IOException {
        Files.delete(directory);
        Files.writeString(directory, "a");
        assertThat(codes()).containsExactly("unreadableDirectory");
        assertThat(source.current().problems().get(0).text()).contains("not a directory");
    }

    @Test
    void aFileThatMayNotBeReadKeepsItsObjectsUntilItMayBeReadAgain() throws IOException {
        Path file = directory.resolve("a.yaml");
        write("a.yaml", "a");
        pools();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("this user may read everything").isFalse();
        assertThat(codes()).containsExactly("unreadableFile");
        assertThat(pools()).containsExactly("a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(codes()).isEmpty();
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndTheLastGoodStateStays() throws IOException {
        write("a.yaml", "a");
        pools();
        Files.write(directory.resolve("a.yaml"), new byte[] {'b', '\n', (byte) 0xc3, 'x'});
        assertThat(codes()).containsExactly("notUtf8");
        assertThat(source.current().problems().get(0).text()).contains("offset 2");
        assertThat(pools()).containsExactly("a");
    }

    @Test
    void aTextThatEndsInsideACharacterIsRefused() throws IOException {
        Files.write(directory.resolve("a.yaml"), new byte[] {'b', (byte) 0xe2, (byte) 0x82});
        assertThat(codes()).containsExactly("notUtf8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        Files.write(directory.resolve("a.yaml"), "\uFEFFa".getBytes(StandardCharsets.UTF_8));
        assertThat(pools()).containsExactly("a");
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        write("a.yaml", "x".repeat((int) LIMIT + 1));
        assertThat(codes()).containsExactly("fileTooLarge");
        write("a.yaml", "x".repeat((int) LIMIT));
        assertThat(codes()).isEmpty();
    }

    @Test
    void subdirectoriesFifosAndLinksInCirclesAreSkipped() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("sub.yaml"));
        write(Files.createDirectory(directory.resolve("sub")).resolve("b.yaml"), "b");
        Files.createSymbolicLink(directory.resolve("null.yaml"), Path.of("/dev/null"));
        Files.createSymbolicLink(directory.resolve("loop.yaml"), Path.of("loop.yaml"));
        String fifo = directory.resolve("fifo.yaml").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        write("a.yaml", "a");
        assertThat(pools()).containsExactly("a");
        assertThat(codes()).containsExactly("notAFile", "unreadableFile", "notAFile", "notAFile");
    }

    @Test
    void aBadFileIsReportedWithItsPlace() throws IOException {
        write("a.yaml", "a");
        pools();
        write("a.yaml", "!oops");
        assertThat(pools()).containsExactly("a");
        assertThat(source.current().problems().get(0).place())
                .isEqualTo(new Problem.Place("a.yaml#1", "spec", "!oops"));
    }

    @Test
    void nothingIsReadAfterClose() throws IOException {
        write("a.yaml", "a");
        pools();
        source.close();
        write("a.yaml", "b");
        assertThat(pools()).containsExactly("a");
        assertThat(loop.isIdle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anyHistoryEndsWhereAFreshReadEnds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            randomOperation(random);
            loop.advance(Duration.ofMillis(random.nextInt(250)));
        }
        removeLinksInCircles();
        for (Path path : documents()) {
            write(path, Files.readString(path).replace("!", "fixed"));
        }
        loop.advance(QUIET);
        ManualLoop freshLoop = new ManualLoop();
        FileSource fresh = start(freshLoop);
        freshLoop.advance(QUIET);
        assertThat(source.current().objects())
                .as("seed %d", seed)
                .isEqualTo(fresh.current().objects());
        assertThat(source.current().problems())
                .as("seed %d", seed)
                .isEqualTo(fresh.current().problems());
    }

    /** Such a link cannot be looked at, so that what was there before stays in force: that is history. */
    private void removeLinksInCircles() throws IOException {
        for (char name = 'a'; name < 'f'; name++) {
            Path path = directory.resolve(name + ".yaml");
            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                Files.delete(path);
            }
        }
    }

    private List<Path> documents() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var paths = Files.list(directory)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !Files.isSymbolicLink(path))
                    .toList();
        }
    }

    private void randomOperation(SplittableRandom random) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
        Path one = directory.resolve((char) ('a' + random.nextInt(5)) + ".yaml");
        if (Files.isSymbolicLink(one)) {
            Files.delete(one);
        }
        Path other = directory.resolve((char) ('a' + random.nextInt(5)) + ".yaml");
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> write(one, randomText(random));
            case 3 -> Files.deleteIfExists(one);
            case 4 -> {
                if (Files.exists(one)) {
                    Files.move(one, other, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case 5 -> {
                write(directory.resolve(".tmp"), randomText(random));
                Files.move(directory.resolve(".tmp"), one, StandardCopyOption.REPLACE_EXISTING);
            }
            case 6 -> write(one, randomText(random) + "\n!broken");
            case 7 -> {
                Files.deleteIfExists(one);
                Files.createSymbolicLink(one, other.getFileName());
            }
            default -> {
                Path away = root.resolve("away" + modified);
                Files.move(directory, away);
                touch(away);
            }
        }
    }

    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("pool").append(random.nextInt(8)).append('\n');
        }
        return text.toString();
    }
}
