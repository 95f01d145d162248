package org.heraldlb.shell.door;

import java.nio.charset.StandardCharsets;

/**
 * What a client gets.
 *
 * @param exitCode 0 when the command succeeded
 * @param output everything that it wrote
 */
public record Reply(int exitCode, String output) {

    /** The command failed, or there is no such command. */
    public static final int FAILED = 1;

    /** The request cannot be read. */
    public static final int USAGE = 2;

    /** Try again later ({@code EX_TEMPFAIL}). */
    public static final int BUSY = 75;

    byte[] bytes() {
        return (exitCode + "\n" + output).getBytes(StandardCharsets.UTF_8);
    }
}
