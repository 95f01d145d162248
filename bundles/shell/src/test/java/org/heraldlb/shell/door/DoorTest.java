package org.heraldlb.shell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final CommandRunner ECHO =
            request -> new Reply(request.command().startsWith("bad") ? 1 : 0, request + "\n");

    @TempDir
    Path temp;

    private static SocketChannel send(Path socket, String request) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.shutdownOutput();
        return channel;
    }

    private static String receive(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (channel.read(buffer.clear()) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static String ask(Path socket, String request) throws IOException {
        try (SocketChannel channel = send(socket, request)) {
            return receive(channel);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aRequestIsAnsweredWithItsExitCodeAndOutput() throws IOException {
        try (Door door = Door.open(temp, ECHO, LONG)) {
            assertThat(ask(door.socket(), "columns=80 color=1\nvip:list\n"))
                    .isEqualTo("0\nRequest[columns=80, colour=true, command=vip:list]\n");
            assertThat(ask(door.socket(), "bad")).startsWith("1\n");
        }
    }

    @Test
    void noCommandIsAUsageError() throws IOException {
        try (Door door = Door.open(temp, ECHO, LONG)) {
            assertThat(ask(door.socket(), "columns=80 color=1\n")).startsWith("2\n");
        }
    }

    @Test
    void onlyTheOwnerCanReachIt() throws IOException {
        Path state = temp.resolve("state");
        try (Door door = Door.open(state, ECHO, LONG)) {
            assertThat(mode(state)).isEqualTo("rwx------");
            assertThat(mode(door.socket())).isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        Door.open(temp, ECHO, LONG).close();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aCommandThatClosesTheDoorIsStillAnswered() throws IOException {
        AtomicReference<Door> door = new AtomicReference<>();
        door.set(Door.open(
                temp,
                request -> {
                    door.get().close();
                    return new Reply(0, "closed\n");
                },
                LONG));
        assertThat(ask(door.get().socket(), "x")).isEqualTo("0\nclosed\n");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aSocketOfACrashedProcessIsReplaced() throws IOException {
        Path socket = temp.resolve("herald.sock");
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (Door door = Door.open(temp, ECHO, LONG)) {
            assertThat(ask(door.socket(), "x")).startsWith("0\n");
        }
    }

    @Test
    void aSocketThatIsListenedOnIsNotTaken() throws IOException {
        try (Door first = Door.open(temp, ECHO, LONG)) {
            assertThatThrownBy(() -> Door.open(temp, ECHO, LONG)).hasMessageContaining("another Herald");
            assertThat(ask(first.socket(), "x")).startsWith("0\n");
        }
    }

    @Test
    void aPathTooLongForASocketLeadsElsewhereByAPointer() throws IOException {
        Path deep = temp.resolve("d".repeat(90)).resolve("state");
        try (Door door = Door.open(deep, ECHO, LONG)) {
            assertThat(Files.readString(deep.resolve("herald.sock.path")))
                    .isEqualTo(door.socket().toString());
            assertThat(mode(door.socket().getParent())).isEqualTo("rwx------");
            assertThat(ask(door.socket(), "x")).startsWith("0\n");
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aCommandThatTakesTooLongIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CommandRunner stuck = request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                interrupted.countDown();
            }
            return new Reply(1, "");
        };
        try (Door door = Door.open(temp, stuck, Duration.ofMillis(100))) {
            assertThat(ask(door.socket(), "x")).isEmpty();
            interrupted.await();
        }
    }

    @Test
    void aClientThatNeverFinishesItsRequestIsDropped() throws Exception {
        try (Door door = Door.open(temp, ECHO, Duration.ofMillis(100));
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(door.socket()))) {
            assertThat(receive(silent)).isEmpty();
        }
    }

    @Test
    void aRequestWithoutEndIsDropped() throws Exception {
        try (Door door = Door.open(temp, ECHO, LONG);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(door.socket()))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            channel.write(ByteBuffer.allocate(64 * 1024));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void moreClientsThanThereIsRoomForAreToldToComeAgain() throws Exception {
        CountDownLatch entered = new CountDownLatch(8);
        CountDownLatch go = new CountDownLatch(1);
        CommandRunner waiting = request -> {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
            return new Reply(0, "done\n");
        };
        try (Door door = Door.open(temp, waiting, LONG)) {
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(send(door.socket(), "x"));
            }
            entered.await();
            assertThat(ask(door.socket(), "x")).startsWith("75\n");
            go.countDown();
            for (SocketChannel client : clients) {
                assertThat(receive(client)).isEqualTo("0\ndone\n");
                client.close();
            }
        }
    }
}
