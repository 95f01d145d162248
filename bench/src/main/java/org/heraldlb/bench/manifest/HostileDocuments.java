package org.heraldlb.bench.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.heraldlb.api.Problem;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/**
 * How long the worst texts take that we can think of, each in 30 MB, and whether the heap suffices. Goal: 2 s each with
 * {@code -Xmx256m}. An argument chooses one, which has a cold JVM then. The processor time of the whole process tells
 * more than the time on the clock where the machine does other things.
 */
public final class HostileDocuments {

    private static final int SIZE = 30_000_000;
    private static final String HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: ";

    private HostileDocuments() {}

    public static void main(String[] args) {
        texts().forEach((name, text) -> {
            if (args.length == 0 || args[0].equals(name)) {
                String made = text.make();
                long start = System.nanoTime();
                long processor = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toMillis();
                Parsed parsed = Documents.parse(ReadContext.files("bench"), "doc", made);
                long millis = (System.nanoTime() - start) / 1_000_000;
                processor = ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .orElseThrow()
                                .toMillis()
                        - processor;
                System.out.printf("%-20s %6d ms, processor %6d ms  %s%n", name, millis, processor, verdict(parsed));
            }
        });
    }

    private static String verdict(Parsed parsed) {
        return parsed.problems().stream()
                .findFirst()
                .map(Problem::code)
                .orElse(parsed.objects().size() + " objects");
    }

    /** Makes text when it is needed, so that only one is in memory. */
    private interface Text {
        String make();
    }

    private static Map<String, Text> texts() {
        Map<String, Text> texts = new LinkedHashMap<>();
        texts.put("block", () -> HEAD + "|\n" + lines("    " + "x".repeat(60)));
        texts.put("block, short lines", () -> HEAD + "|\n" + lines("    x"));
        texts.put("block, no text", () -> HEAD + "|\n" + lines(""));
        texts.put("block, long lines", () -> HEAD + "|\n" + lines("    " + "y".repeat(1_000_000)));
        texts.put("block, emoji", () -> HEAD + "|\n" + lines("    " + "\ud83d\ude00".repeat(30)));
        texts.put("folded", () -> HEAD + ">\n" + lines("    " + "x ".repeat(30)));
        texts.put("plain", () -> HEAD + "\n" + lines("    " + "x ".repeat(30)));
        texts.put("single quotes", () -> HEAD + "'" + lines("    " + "''".repeat(30)) + "'\n");
        texts.put("double quotes", () -> HEAD + "\"" + lines("    " + "\\t".repeat(30)) + "\"\n");
        texts.put("keys", () -> HEAD + "y\n" + numbered());
        texts.put("list", () -> HEAD + "[" + "a, ".repeat(300_000) + "]\n");
        texts.put("json", () -> "{\"a\": [" + "1,".repeat(SIZE / 2) + "1]}");
        texts.put("documents", () -> lines("---\na: b"));
        texts.put("comments", () -> lines("# " + "x".repeat(60)));
        return texts;
    }

    private static String lines(String line) {
        return (line + "\n").repeat(SIZE / (line.length() + 1));
    }

    private static String numbered() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; keys.length() < SIZE; i++) {
            keys.append("  k").append(i).append(": ").append("v".repeat(60)).append('\n');
        }
        return keys.toString();
    }
}
