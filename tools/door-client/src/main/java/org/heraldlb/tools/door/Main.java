package org.heraldlb.tools.door;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What {@code bin/herald shell} runs: hands command lines to the socket of a running instance and prints the answers.
 *
 * <p>Arguments: the state directory of the instance, then the command; without a command, lines are read from the
 * standard input. The exit code is the last command's, or 2 when no instance answers.
 */
public final class Main {
    private static final int NO_ANSWER = 2;
    private static final Set<String> FAREWELLS = Set.of("exit", "quit", "logout");

    private final Path state;
    private final PrintStream out;
    private final String terminal;

    private Main(Path state, PrintStream out) {
        this.state = state;
        this.out = out;
        this.terminal = terminal(System.getenv("COLUMNS"));
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Main client = new Main(Path.of(arguments[0]), out);
        List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
        int exit = command.isEmpty() ? client.converse() : client.ask(String.join(" ", command));
        out.flush();
        System.exit(exit);
    }

    private static String terminal(String columns) {
        boolean usable = columns != null && columns.matches("\\d{1,4}");
        return "columns=" + (usable ? columns : "0") + " color=0\n";
    }

    private int converse() throws IOException {
        Console console = System.console();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int exit = 0;
        while (true) {
            String line = console == null ? lines.readLine() : console.readLine("herald> ");
            if (line == null || FAREWELLS.contains(line.strip())) {
                return exit;
            }
            if (!line.isBlank()) {
                exit = ask(line);
                out.flush();
            }
        }
    }

    private int ask(String command) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            send(channel, terminal + command);
            channel.shutdownOutput();
            return print(Channels.newInputStream(channel).readAllBytes());
        } catch (IOException noInstance) {
            System.err.println("herald: no running instance answers in " + state + ": " + noInstance.getMessage());
            return NO_ANSWER;
        }
    }

    private Path socket() throws IOException {
        Path pointer = state.resolve("herald.sock.path");
        return Files.exists(pointer) ? Path.of(Files.readString(pointer).strip()) : state.resolve("herald.sock");
    }

    private static void send(SocketChannel channel, String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private int print(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (end < 1 || !text.substring(0, end).matches("\\d{1,3}")) {
            throw new IOException("the answer cannot be read");
        }
        String output = text.substring(end + 1);
        out.print(output);
        if (!output.isEmpty() && !output.endsWith("\n")) {
            out.println();
        }
        return Integer.parseInt(text.substring(0, end));
    }
}
