/**
 * The door of {@code bin/herald shell}: a Unix domain socket that only the owner of the process can reach. No port, no
 * password. One request for each connection: the client sends its terminal ({@code columns=N color=0|1}) and the command
 * line, then shuts its side down; the answer is the exit code on a line of its own, then the output.
 */
package org.heraldlb.shell.door;
