package org.heraldlb.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.heraldlb.runtime.Ticker;

/** The command line. Exit code 0: fine, 1: problems found, 2: wrong usage. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exit = new CommandLine(out, err, Terminal.ofThisProcess(), Ticker.SYSTEM.wallClock()).run(args);
        out.flush();
        System.exit(exit);
    }
}
