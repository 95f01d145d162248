package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.WireContext;

/** One TCP connection with a peer: makes messages of its bytes, and the other way round. On the loop only. */
final class Link implements WireListener {

    /** Whose connection it is. Nothing is told of a link that the owner has given up. */
    interface Owner {
        boolean has(Link link);

        void connected(Link link);

        void received(Link link, Message message);

        /** What arrived is no message; nothing can be read after it. */
        void refused(Link link, BgpException why);

        /** What arrived at once was handled. */
        void handled();

        void writable(Link link);

        /** @param stood false: the connection could not even be made */
        void failed(Link link, boolean stood, String reason);
    }

    private final int number;
    private final Owner owner;
    private final Framer framer = new Framer();
    private WireContext context = WireContext.INITIAL;
    private Wire wire;
    private boolean connected;

    /** @param number of the connection in the peer's machine */
    Link(int number, Owner owner) {
        this.number = number;
        this.owner = owner;
    }

    int number() {
        return number;
    }

    Wire wire() {
        return wire;
    }

    /** The wire, as soon as there is one. */
    void over(Wire made) {
        wire = made;
    }

    boolean isConnected() {
        return connected;
    }

    InetSocketAddress local() {
        return wire.local();
    }

    WireContext context() {
        return context;
    }

    /** How messages are read and written from now on. */
    void context(WireContext agreed) {
        context = agreed;
    }

    void send(Message message) {
        wire.write(ByteBuffer.wrap(MessageCodec.encode(message, context)));
        wire.flush();
    }

    void close(boolean abort) {
        wire.close(abort);
    }

    @Override
    public void connected(Wire made) {
        wire = made;
        connected = true;
        if (owner.has(this)) {
            owner.connected(this);
        }
    }

    @Override
    public void received(ByteBuffer bytes) {
        if (!owner.has(this)) {
            return;
        }
        framer.append(bytes);
        try {
            for (byte[] message = framer.next(context.maxLength()); message != null; ) {
                owner.received(this, MessageCodec.decode(message, context));
                message = owner.has(this) ? framer.next(context.maxLength()) : null;
            }
        } catch (BgpException refused) {
            owner.refused(this, refused);
        }
        owner.handled();
    }

    @Override
    public void writable() {
        if (owner.has(this)) {
            owner.writable(this);
        }
    }

    @Override
    public void failed(String reason) {
        if (owner.has(this)) {
            owner.failed(this, connected, reason);
        }
    }
}
