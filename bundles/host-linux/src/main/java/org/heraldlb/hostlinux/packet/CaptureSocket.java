package org.heraldlb.hostlinux.packet;

import java.io.IOException;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel with a thread that listens to it. */
final class CaptureSocket implements FrameSocket, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureSocket.class);

    private final Link link;
    private final FrameChannel channel;
    private final FrameListener listener;
    private final Ticker ticker;
    private final GroupMemberships groups;
    private Thread thread;
    private boolean faultLogged;
    private volatile boolean closed;

    CaptureSocket(Link link, FrameChannel channel, FrameListener listener, Ticker ticker) {
        this.link = link;
        this.channel = channel;
        this.listener = listener;
        this.ticker = ticker;
        this.groups = new GroupMemberships(link);
    }

    void start(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(CaptureSocket.class.getClassLoader());
        thread.start();
    }

    @Override
    public void run() {
        byte[] buffer = new byte[FrameChannel.SNAP];
        try {
            while (!closed) {
                turn(buffer);
            }
        } catch (IOException broken) {
            if (!closed) {
                listener.broken(this, broken.getMessage());
            }
        } finally {
            channel.close();
        }
    }

    /** A method of its own, so that it gets compiled: the loop is entered once and would be interpreted for long. */
    private void turn(byte[] buffer) throws IOException {
        int length = channel.receive(buffer);
        if (length > 0 && !closed) {
            tell(buffer, length);
        }
    }

    private void tell(byte[] buffer, int length) {
        try {
            listener.frame(this, buffer, length, ticker.nanos());
        } catch (RuntimeException fault) {
            // Said once: a line for each frame would let anybody on the link fill the disk.
            if (!faultLogged) {
                faultLogged = true;
                LOG.error("{}: the listener failed on a frame; it goes on", link.name(), fault);
            }
        }
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void send(byte[] frame, int length) throws IOException {
        if (closed) {
            throw new IOException("the socket is closed");
        }
        if (Thread.currentThread() == thread) {
            channel.reply(frame, length);
        } else {
            channel.send(frame, length);
        }
    }

    @Override
    public void joinGroup(IpAddress address) throws IOException {
        groups.join(address);
    }

    @Override
    public void leaveGroup(IpAddress address) {
        groups.leave(address);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            groups.close();
            channel.wakeUp();
        }
    }
}
