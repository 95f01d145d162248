package org.heraldlb.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.core.ledger.LedgerCodec;
import org.heraldlb.core.ledger.LedgerRecord;
import org.heraldlb.core.ledger.LedgerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger on disk. A write has reached the disk when {@link #save} returns. A file that cannot be written is a problem
 * and is tried again with the next change; Herald goes on without it. Not thread-safe: the core loop's.
 */
final class LedgerFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String NAME = "ledger";
    private static final int SLACK = 1000;

    private final Path file;
    private final List<Problem> damage = new ArrayList<>();
    private LedgerState state = LedgerState.EMPTY;
    private FileChannel channel;
    private Problem writeProblem;
    private long recordsInFile;
    /** There is a file that could not be read: writing would empty it. */
    private boolean untouchable;

    private LedgerFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /** Reads the ledger of {@code directory}, which may not exist yet. */
    static LedgerFile open(Path directory, Instant now) {
        LedgerFile ledger = new LedgerFile(directory);
        try {
            ledger.read(now);
        } catch (IOException unreadable) {
            ledger.damage.add(ledger.problem("ledgerUnreadable", "cannot be read: " + reason(unreadable)));
            ledger.untouchable = Files.exists(ledger.file);
        }
        return ledger;
    }

    private void read(Instant now) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            rewrite();
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        LedgerCodec.Decoded decoded = LedgerCodec.decode(bytes);
        state = LedgerState.EMPTY.after(decoded.records());
        recordsInFile = decoded.records().size();
        if (!decoded.damage().isEmpty()) {
            setAside(decoded.damage(), now);
            rewrite();
        } else {
            reopen(bytes.length, decoded.goodBytes());
        }
    }

    private void reopen(int length, int goodBytes) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (goodBytes < length) {
            LOG.info("{}: dropped {} bytes of a record that was not finished", file, length - goodBytes);
            channel.truncate(goodBytes);
            channel.force(true);
        }
        channel.position(goodBytes);
    }

    private void setAside(List<String> what, Instant now) throws IOException {
        Path aside = file.resolveSibling(NAME + ".damaged-" + STAMP.format(now));
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
        damage.add(problem(
                        "ledgerDamaged",
                        String.join("; ", what.subList(0, Math.min(3, what.size()))) + "; kept what is readable ("
                                + state.held().size() + " services), the damaged file is " + aside)
                .withFix("compare " + aside + " with the addresses in use, then remove it"));
    }

    LedgerState state() {
        return state;
    }

    /** Brings the file to {@code next}: appends what changed and waits for the disk. */
    void save(LedgerState next) {
        List<LedgerRecord> changes = state.changesTo(next);
        boolean behind = writeProblem != null;
        if (changes.isEmpty() && !behind) {
            return;
        }
        state = next;
        if (untouchable) {
            return;
        }
        try {
            if (channel == null || behind || recordsInFile > 2L * state.size() + SLACK) {
                rewrite();
            } else {
                append(changes);
            }
            writeProblem = null;
        } catch (IOException unwritable) {
            writeProblem = problem("ledgerUnwritable", "cannot be written: " + reason(unwritable))
                    .withFix("give the user that runs Herald a writable state directory; until then"
                            + " services without a status may get other addresses after a restart");
            close();
        }
    }

    private void append(List<LedgerRecord> changes) throws IOException {
        write(channel, LedgerCodec.encode(changes));
        channel.force(false);
        recordsInFile += changes.size();
    }

    /** The whole state into a new file, which takes the old one's place at once or not at all. */
    private void rewrite() throws IOException {
        close();
        Path next = file.resolveSibling(NAME + ".new");
        List<LedgerRecord> records = state.toRecords();
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(out, LedgerCodec.header());
            write(out, LedgerCodec.encode(records));
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        recordsInFile = records.size();
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private Problem problem(String code, String text) {
        return Problem.error(code, file.toString(), text);
    }

    private static String reason(IOException cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(damage);
        Optional.ofNullable(writeProblem).ifPresent(all::add);
        return all;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException late) {
                LOG.debug("closing {}", file, late);
            }
            channel = null;
        }
    }
}
