package org.heraldlb.bgp.speaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;

/** A wire over a Netty channel; it is its own handler. */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire {

    private Channel channel;
    private WireListener listener;

    /** @param listener null: one comes before the connection stands */
    NettyWire(Channel channel, WireListener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /** For a connection that is still to be made. */
    NettyWire(WireListener listener) {
        this.listener = listener;
    }

    void listener(WireListener newListener) {
        listener = newListener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (listener != null) {
            listener.connected(this);
        }
    }

    void failed(Throwable cause) {
        WireListener last = listener;
        listener = null;
        channel.close();
        if (last != null) {
            last.failed(reason(cause));
        }
    }

    /** Netty's exception for ENETUNREACH has no text of its own. */
    private static String reason(Throwable cause) {
        String text = cause.getMessage();
        if (cause instanceof NoRouteToHostException && (text == null || text.startsWith("null"))) {
            return "Network is unreachable" + (text == null ? "" : text.substring("null".length()));
        }
        return text == null ? cause.getClass().getSimpleName() : text;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (listener != null) {
                listener.received(bytes.nioBuffer());
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (listener != null && channel.isWritable()) {
            listener.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        WireListener last = listener;
        listener = null;
        if (last != null) {
            last.failed("the peer closed the connection");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Later: a write may fail in the middle of carrying effects out.
        context.channel().eventLoop().execute(() -> failed(cause));
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public InetSocketAddress remote() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void write(ByteBuffer bytes) {
        channel.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close(boolean abort) {
        listener = null;
        if (abort || !channel.isActive()) {
            channel.close();
        } else {
            channel.config().setOption(ChannelOption.AUTO_READ, false);
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
