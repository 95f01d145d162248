package org.heraldlb.tools.karafpatch;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Rewrites every jar under the directories it is given, in place; a jar without a call is left as it is. */
public final class Main {
    private Main() {}

    /**
     * @param directories roots to search for jars
     * @throws IOException if a jar cannot be read or written
     */
    public static void main(String[] directories) throws IOException {
        for (String directory : directories) {
            for (Path jar : jarsUnder(Path.of(directory))) {
                rewriteJar(jar);
            }
        }
    }

    private static List<Path> jarsUnder(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void rewriteJar(Path jar) throws IOException {
        Optional<byte[]> rewritten = rewrite(Files.readAllBytes(jar));
        if (rewritten.isPresent()) {
            Files.write(jar, rewritten.get());
        }
    }

    /** Entries keep their order and their times, so that the same jar in gives the same jar out. */
    static Optional<byte[]> rewrite(byte[] jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(jar.length);
        boolean changed = false;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                Optional<byte[]> newContent = rewriteEntry(entry.getName(), content);
                changed |= newContent.isPresent();
                write(out, entry, newContent.orElse(content));
            }
        }
        return changed ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }

    private static Optional<byte[]> rewriteEntry(String name, byte[] content) throws IOException {
        if (name.endsWith(".jar")) {
            return rewrite(content);
        }
        boolean karafClass = name.endsWith(".class") && name.startsWith("org/apache/");
        return karafClass ? SubjectCalls.rewrite(content) : Optional.empty();
    }

    private static void write(ZipOutputStream out, ZipEntry like, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(like.getName());
        entry.setTimeLocal(like.getTimeLocal());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
