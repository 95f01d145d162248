package org.heraldlb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One argument: a file, the YAML and JSON files of a directory in name order, or standard input.
 *
 * @param texts what it holds
 */
record Input(List<Text> texts) {

    private static final int LARGEST = 256 << 20;

    /** @param name for people */
    record Text(String name, String content) {}

    static Input read(String argument) throws UsageException {
        try {
            return argument.equals("-") ? standardInput() : ofPath(Path.of(argument));
        } catch (NoSuchFileException absent) {
            throw new UsageException(absent.getFile() + ": no such file or directory");
        } catch (IOException unreadable) {
            throw new UsageException(argument + ": " + unreadable.getMessage());
        }
    }

    private static Input standardInput() throws IOException {
        return new Input(List.of(text("stdin", System.in)));
    }

    private static Input ofPath(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return new Input(List.of(file(path)));
        }
        List<Text> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(Input::isDocument).sorted().toList()) {
                texts.add(file(file));
            }
        }
        return new Input(texts);
    }

    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString();
        boolean known = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return known && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static Text file(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return text(file.toString(), in);
        }
    }

    private static Text text(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST);
        return new Text(name, new String(bytes, charset(bytes)));
    }

    /** UTF-8 unless the text starts with the mark of another encoding. */
    private static Charset charset(byte[] bytes) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff
                        || (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe);
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
