package org.heraldlb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heraldlb.view.Paper;

/**
 * What the command line knows of its surroundings.
 *
 * @param paper where the answer goes
 * @param nodeName the node of plans without Node documents
 */
record Terminal(Paper paper, String nodeName) {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    static Terminal ofThisProcess() {
        boolean colour = System.console() != null && isTerminal() && System.getenv("NO_COLOR") == null;
        return new Terminal(new Paper(0, colour), hostName());
    }

    /** From JDK 22 on there is a console without a terminal too; only Linux tells them apart for Java 17 code. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).startsWith("/dev");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** As a running Herald would call this node. */
    private static String hostName() {
        String given = System.getenv("HERALD_NODE_NAME");
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        try {
            String name = Files.readString(HOST_NAME).strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException notLinux) {
            return "localhost";
        }
    }
}
