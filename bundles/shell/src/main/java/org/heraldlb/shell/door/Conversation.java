package org.heraldlb.shell.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: one request, one reply. */
final class Conversation implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int LONGEST_REQUEST = 64 * 1024;
    private static final int CHUNK = 4096;

    private final SocketChannel channel;
    private final CommandRunner runner;

    Conversation(SocketChannel channel, CommandRunner runner) {
        this.channel = channel;
        this.runner = runner;
    }

    @Override
    public void run() {
        try {
            send(answer(read()));
        } catch (IOException gone) {
            LOG.debug("shell door: the client went away: {}", gone.toString());
        } finally {
            hangUp(channel);
        }
    }

    private Reply answer(String text) {
        Request request = Request.parse(text);
        return request.command().isEmpty()
                ? new Reply(Reply.USAGE, "no command given; try help\n")
                : runner.run(request);
    }

    private String read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        while (channel.read(buffer.clear()) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            if (bytes.size() > LONGEST_REQUEST) {
                throw new IOException("a request has at most " + LONGEST_REQUEST + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void send(Reply reply) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(reply.bytes());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static void hangUp(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException already) {
            LOG.debug("shell door: closing failed: {}", already.toString());
        }
    }
}
