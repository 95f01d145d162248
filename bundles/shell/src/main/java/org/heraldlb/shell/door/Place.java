package org.heraldlb.shell.door;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the socket stands: {@code herald.sock} in the state directory. A path that is too long for a socket address, or a
 * directory that cannot be closed to others, sends the socket to a fresh directory of its own; {@code herald.sock.path} then
 * says where.
 */
final class Place {

    private static final String NAME = "herald.sock";
    private static final int LONGEST = 100;
    private static final String DIRECTORY = "rwx------";
    private static final String SOCKET = "rw-------";

    private final Path socket;
    private final Path pointer;

    private Place(Path socket, Path pointer) {
        this.socket = socket;
        this.pointer = pointer;
    }

    /** Opens the socket; a socket that nobody listens on any more is replaced. */
    static Place choose(Path state) throws IOException {
        Path pointer = state.resolve(NAME + ".path");
        Files.createDirectories(state);
        Files.deleteIfExists(pointer);
        Path direct = state.resolve(NAME);
        if (direct.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST && close(state)) {
            return new Place(direct, pointer);
        }
        Path elsewhere = Files.createTempDirectory(
                temporary(),
                "herald",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DIRECTORY)));
        Place place = new Place(elsewhere.resolve(NAME), pointer);
        Files.writeString(pointer, place.socket.toString());
        return place;
    }

    /** The temporary directory of this instance may lie as deep as its state. */
    private static Path temporary() {
        Path own = Path.of(System.getProperty("java.io.tmpdir"));
        return own.toString().length() < LONGEST / 2 ? own : Path.of("/tmp");
    }

    private static boolean close(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(DIRECTORY));
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }

    Path socket() {
        return socket;
    }

    ServerSocketChannel open() throws IOException {
        removeStale();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(SOCKET));
            return server;
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    private void removeStale() throws IOException {
        if (Files.exists(socket) && isAlive()) {
            throw new IOException("another Herald listens on it already");
        }
        Files.deleteIfExists(socket);
    }

    private boolean isAlive() {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Leaves nothing behind. */
    void remove() throws IOException {
        Files.deleteIfExists(socket);
        if (Files.deleteIfExists(pointer)) {
            Files.deleteIfExists(socket.getParent());
        }
    }
}
