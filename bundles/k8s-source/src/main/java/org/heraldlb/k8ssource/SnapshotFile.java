package org.heraldlb.k8ssource;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known objects on disk, for a node that restarts while the API server is away. The documents are those that
 * {@code herald plan} reads. They contain BGP passwords: nobody else may read the file. Blocks.
 */
public final class SnapshotFile {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
    private static final String FIRST_LINE =
            "# What the API server said last. Written by Herald; read when it starts.\n";
    private static final String LAST_LINE = "# complete";
    /** Between documents; within one it is never a line of its own. */
    private static final String SEPARATOR = "---";

    private final Path path;
    private final String source;

    public SnapshotFile(Path path, String source) {
        this.path = path;
        this.source = source;
    }

    /** Replaces the file at once. A failure is logged and leaves the one before. */
    public void write(List<ConfigObject> objects) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                // One object after another: together they may be larger than the rest of the heap.
                Writer text = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
                text.write(FIRST_LINE);
                for (ConfigObject object : objects) {
                    text.write(SEPARATOR + '\n');
                    text.write(Documents.print(object));
                }
                text.write(LAST_LINE + '\n');
                text.flush();
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            LOG.warn("{} cannot be written: {}", path, fault.toString());
        }
    }

    /** What was written last; empty when there is nothing, or nothing that can be trusted. */
    public Optional<List<ConfigObject>> read() {
        try {
            Optional<List<ConfigObject>> objects = objects();
            if (objects.isEmpty()) {
                LOG.warn("{} is damaged and not used", path);
            }
            return objects;
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException fault) {
            LOG.warn("{} cannot be read: {}", path, fault.toString());
            return Optional.empty();
        }
    }

    /** One document after another, as they were written; empty for a file that is not whole. */
    private Optional<List<ConfigObject>> objects() throws IOException {
        List<ConfigObject> objects = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        String last = "";
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                if (!line.equals(SEPARATOR)) {
                    document.append(line).append('\n');
                } else if (!take(document, objects)) {
                    return Optional.empty();
                }
            }
        }
        return last.equals(LAST_LINE) && take(document, objects) ? Optional.of(objects) : Optional.empty();
    }

    private boolean take(StringBuilder document, List<ConfigObject> objects) {
        Parsed parsed =
                Documents.parse(ReadContext.files(source), path.getFileName().toString(), document.toString());
        objects.addAll(parsed.objects());
        document.setLength(0);
        return parsed.isClean();
    }
}
