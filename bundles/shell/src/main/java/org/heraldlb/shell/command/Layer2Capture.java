package org.heraldlb.shell.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.heraldlb.shell.Layer2Eyes;
import org.heraldlb.view.Json;

/**
 * {@code l2:capture}. The server process writes the file, with its own rights and readable by its own user only; it never
 * follows a symbolic link, and replaces nothing unless told to.
 */
@Service
@Command(
        scope = "l2",
        name = "capture",
        description = "Writes the last ARP and ND frames, with what was decided about each, for Wireshark")
public final class Layer2Capture extends Query {

    private static final String SUFFIX = ".pcapng";

    @Reference
    Layer2Eyes eyes;

    @Option(name = "--to", description = "file that the node writes, such as /tmp/l2.pcapng", required = true)
    @Completion(FileCompleter.class)
    String to;

    @Option(name = "--force", description = "replace the file if it is there")
    boolean force;

    @Override
    public String execute() {
        Path file = file();
        byte[] capture = eyes.view().capture();
        write(file, capture);
        if (json()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("file", file.toString());
            tree.put("bytes", capture.length);
            return Json.pretty(tree);
        }
        return "wrote " + capture.length + " bytes to " + file + "\nlook at it with: wireshark " + file;
    }

    private Path file() {
        try {
            Path path = Path.of(to).toAbsolutePath().normalize();
            if (!path.toString().endsWith(SUFFIX)) {
                throw new IllegalArgumentException("--to takes a file that ends in " + SUFFIX + ", not \"" + to + "\"");
            }
            return path;
        } catch (InvalidPathException bad) {
            throw new IllegalArgumentException("--to: \"" + to + "\" is no path: " + bad.getReason(), bad);
        }
    }

    private void write(Path file, byte[] capture) {
        if (force && Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isPlain(file)) {
            throw new IllegalArgumentException(file + " is not a plain file; choose another name");
        }
        Set<OpenOption> options = force
                ? Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)
                : Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var readable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, readable)) {
            for (ByteBuffer rest = ByteBuffer.wrap(capture); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        } catch (FileAlreadyExistsException there) {
            throw new IllegalArgumentException(file + " exists; --force replaces it", there);
        } catch (NoSuchFileException nowhere) {
            throw new IllegalArgumentException(file + ": there is no such directory on this node", nowhere);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + file + ": " + refused.getMessage(), refused);
        }
    }

    private static boolean isPlain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
