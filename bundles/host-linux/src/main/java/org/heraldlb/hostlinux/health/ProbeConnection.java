package org.heraldlb.hostlinux.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.hostlinux.health.verdict.HttpGet;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of one try. Steps follow each other, each from the completion of the one before. */
final class ProbeConnection implements Registration {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeConnection.class);
    private static final int ANSWER_BYTES = 64;

    private final AsynchronousChannelGroup group;
    private final HealthCheck check;
    private final Consumer<ProbeResult> done;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile AsynchronousSocketChannel channel;

    ProbeConnection(AsynchronousChannelGroup group, HealthCheck check, Consumer<ProbeResult> done) {
        this.group = group;
        this.check = check;
        this.done = done;
    }

    void connect(InetSocketAddress target) {
        try {
            AsynchronousSocketChannel opened = AsynchronousSocketChannel.open(group);
            channel = opened;
            if (over.get()) {
                closeChannel();
                return;
            }
            opened.connect(target, null, then(nothing -> connected(opened, target)));
        } catch (IOException fault) {
            finish(ProbeResult.failed(reason(fault)));
        } catch (ShutdownChannelGroupException closed) {
            close();
        }
    }

    private void connected(AsynchronousSocketChannel opened, InetSocketAddress target) {
        if (isSelf(opened, target)) {
            finish(ProbeResult.failed("nobody listens"));
        } else if (check.type() == HealthCheck.Type.TCP) {
            finish(ProbeResult.passed("connected"));
        } else {
            String path = check.httpPath().orElse("/");
            write(opened, ByteBuffer.wrap(HttpGet.request(check.host(), check.port(), path)));
        }
    }

    /** A connection to a local port of the ephemeral range may be one to itself, by simultaneous open. */
    private static boolean isSelf(AsynchronousSocketChannel opened, InetSocketAddress target) {
        try {
            return target.equals(opened.getLocalAddress());
        } catch (IOException gone) {
            return false;
        }
    }

    private void write(AsynchronousSocketChannel opened, ByteBuffer request) {
        opened.write(request, null, then(written -> {
            if (request.hasRemaining()) {
                write(opened, request);
            } else {
                read(opened, ByteBuffer.allocate(ANSWER_BYTES));
            }
        }));
    }

    private void read(AsynchronousSocketChannel opened, ByteBuffer answer) {
        opened.read(answer, null, then(read -> {
            Optional<ProbeResult> result = HttpGet.answer(answer.array(), answer.position(), read < 0);
            result.ifPresentOrElse(this::finish, () -> read(opened, answer));
        }));
    }

    private <T> CompletionHandler<T, Void> then(Consumer<T> step) {
        return new CompletionHandler<>() {
            @Override
            public void completed(T result, Void attachment) {
                step.accept(result);
            }

            @Override
            public void failed(Throwable fault, Void attachment) {
                finish(ProbeResult.failed(reason(fault)));
            }
        };
    }

    private static String reason(Throwable fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    /** Reports the result unless the try is over, and ends it. */
    void finish(ProbeResult result) {
        if (over.compareAndSet(false, true)) {
            closeChannel();
            done.accept(result);
        }
    }

    @Override
    public void close() {
        over.set(true);
        closeChannel();
    }

    private void closeChannel() {
        AsynchronousSocketChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException fault) {
                LOG.debug("closing a connection: {}", fault.getMessage());
            }
        }
    }
}
