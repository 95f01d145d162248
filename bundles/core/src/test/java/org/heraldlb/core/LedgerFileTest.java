package org.heraldlb.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ips;
import static org.heraldlb.testkit.Intents.name;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.core.ledger.LedgerRecord;
import org.heraldlb.core.ledger.LedgerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerFileTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private static LedgerState state(int services) {
        List<LedgerRecord> records = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            records.add(new LedgerRecord.Hold(name("s" + i), "file", ips("192.0.2." + i)));
        }
        return LedgerState.EMPTY.after(records);
    }

    private LedgerFile open() {
        return LedgerFile.open(directory, NOW);
    }

    private void save(LedgerState... states) {
        try (LedgerFile ledger = open()) {
            Arrays.stream(states).forEach(ledger::save);
            assertThat(ledger.problems()).isEmpty();
        }
    }

    private LedgerState saved() {
        try (LedgerFile ledger = open()) {
            return ledger.state();
        }
    }

    private List<String> damagedFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("ledger.damaged-"))
                    .toList();
        }
    }

    @Test
    void whatWasSavedIsThereAfterARestart() {
        save(state(1), state(5), state(3));

        assertThat(saved()).isEqualTo(state(3));
    }

    @Test
    void savedMeansOnDiskWithoutAClose() {
        try (LedgerFile ledger = open()) {
            ledger.save(state(4));

            assertThat(saved()).isEqualTo(state(4));
        }
    }

    @Test
    void aTornEndIsDroppedAndWrittenOver() throws IOException {
        save(state(3));
        Path file = directory.resolve("ledger");
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut < 30; cut++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            try (LedgerFile ledger = open()) {
                assertThat(ledger.problems()).isEmpty();
                assertThat(ledger.state()).isEqualTo(state(2));
                ledger.save(state(4));
            }
            assertThat(saved()).isEqualTo(state(4));
        }
        assertThat(damagedFiles()).isEmpty();
    }

    @Test
    void aDamagedFileIsSetAsideAndReportedAndWhatIsReadableIsKept() throws IOException {
        save(state(3));
        Path file = directory.resolve("ledger");
        byte[] damaged = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)
                .replace("192.0.2.1", "192.0.2.9")
                .getBytes(StandardCharsets.US_ASCII);
        Files.write(file, damaged);

        try (LedgerFile ledger = open()) {
            assertThat(ledger.problems()).extracting(Problem::code).containsExactly("ledgerDamaged");
            assertThat(ledger.state().held()).containsOnlyKeys(name("s0"), name("s2"));
        }
        assertThat(damagedFiles()).containsExactly("ledger.damaged-20260101T000000Z");
        assertThat(directory.resolve(damagedFiles().get(0))).hasBinaryContent(damaged);
        try (LedgerFile ledger = open()) {
            assertThat(ledger.problems()).as("the new file is good").isEmpty();
            assertThat(ledger.state().held()).containsOnlyKeys(name("s0"), name("s2"));
        }
    }

    @Test
    void anEmptyFileIsDamage() throws IOException {
        Files.write(directory.resolve("ledger"), new byte[0]);

        try (LedgerFile ledger = open()) {
            assertThat(ledger.problems()).extracting(Problem::code).containsExactly("ledgerDamaged");
        }
        assertThat(damagedFiles()).hasSize(1);
    }

    @Test
    void aFileThatCannotBeReadIsNeverWrittenOver() throws IOException {
        Path file = Files.createDirectory(directory.resolve("ledger"));

        try (LedgerFile ledger = open()) {
            ledger.save(state(2));
            assertThat(ledger.problems()).extracting(Problem::code).containsExactly("ledgerUnreadable");
        }
        assertThat(file).isDirectory();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsAProblemUntilItCan() throws IOException {
        Path place = directory.resolve("state");
        Files.writeString(place, "in the way");
        try (LedgerFile ledger = LedgerFile.open(place, NOW)) {
            ledger.save(state(2));
            assertThat(ledger.problems()).extracting(Problem::code).contains("ledgerUnwritable");
            Files.delete(place);
            Files.createDirectory(place);
            ledger.save(state(3));
            assertThat(ledger.problems()).extracting(Problem::code).doesNotContain("ledgerUnwritable");
        }
        try (LedgerFile ledger = LedgerFile.open(place, NOW)) {
            assertThat(ledger.state()).isEqualTo(state(3));
        }
    }

    @Test
    void itDoesNotGrowForEver() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (LedgerFile ledger = open()) {
            for (int i = 0; i < 700; i++) {
                ledger.save(state(random.nextInt(5)));
            }
            LedgerState last = ledger.state();
            assertThat(Files.size(directory.resolve("ledger"))).isLessThan(100_000);
            assertThat(saved()).isEqualTo(last);
        }
    }
}
