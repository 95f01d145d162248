package org.heraldlb.shell.door;

/** Runs command lines. Called from several threads at a time, each with a request of its own. */
public interface CommandRunner {

    /** Runs the command to its end and returns what it wrote. Interrupted when the client's time is over. */
    Reply run(Request request);
}
