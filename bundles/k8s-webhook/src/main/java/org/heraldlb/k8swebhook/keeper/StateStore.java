package org.heraldlb.k8swebhook.keeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.heraldlb.k8swebhook.review.Malformed;
import org.heraldlb.k8swebhook.review.Tree;

/** A file that only its owner may read. One process. */
public final class StateStore implements Store {

    private final Path file;

    public StateStore(Path file) {
        this.file = file;
    }

    @Override
    public Kept read() throws Unavailable {
        try {
            Map<String, String> entries = new LinkedHashMap<>();
            Tree.read(Files.readAllBytes(file)).forEach((key, value) -> entries.put(key, String.valueOf(value)));
            return new Kept(entries, "");
        } catch (NoSuchFileException | Malformed none) {
            return new Kept(Map.of(), "");
        } catch (IOException failure) {
            throw new Unavailable("reading " + file + ": " + failure);
        }
    }

    @Override
    public boolean write(Map<String, String> entries, String version) throws Unavailable {
        try {
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(
                    directory,
                    file.getFileName().toString(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, Tree.write(entries));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException failure) {
            throw new Unavailable("writing " + file + ": " + failure);
        }
    }
}
