package org.heraldlb.frr.vty;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.heraldlb.runtime.Ticker;

/** A {@link Vty} on the socket {@code bgpd.vty} or the like. */
public final class UnixVty implements Vty {

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Ticker ticker;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);

    private UnixVty(String name, Ticker ticker, SocketChannel channel) throws IOException {
        this.name = name;
        this.ticker = ticker;
        this.channel = channel;
        selector = Selector.open();
        channel.configureBlocking(false);
    }

    /** @throws IOException nobody listens, or we may not ask */
    public static UnixVty open(Path socket, Ticker ticker) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new UnixVty(socket.getFileName().toString(), ticker, channel);
        } catch (IOException failure) {
            channel.close();
            throw new IOException(socket + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public List<Reply> say(List<String> commands, Duration patience) throws IOException {
        long end = ticker.nanos() + patience.toNanos();
        ByteBuffer out = octets(commands);
        ReplyReader reader = new ReplyReader();
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        while (reader.replies().size() < commands.size()) {
            long left = (end - ticker.nanos()) / 1_000_000;
            if (left <= 0) {
                throw new IOException(name + " does not answer");
            }
            key.interestOps(SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
            selector.select(left);
            selector.selectedKeys().clear();
            exchange(out, reader);
        }
        return reader.replies();
    }

    private void exchange(ByteBuffer out, ReplyReader reader) throws IOException {
        int count;
        try {
            if (out.hasRemaining()) {
                channel.write(out);
            }
            count = channel.read(in);
        } catch (IOException broken) {
            throw new IOException(name + " has gone (" + broken.getMessage() + ")", broken);
        }
        if (count < 0) {
            throw new EOFException(name + " has gone");
        }
        in.flip();
        reader.read(in);
        in.clear();
    }

    /** A command ends with a zero octet, so none may hold one. */
    private static ByteBuffer octets(List<String> commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String command : commands) {
            if (command.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a command is one line of text");
            }
            out.writeBytes(command.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }
}
