package org.heraldlb.bgp.speaker;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.net.IpFamily;

/**
 * The part of a rehearsal that a wire inside the process cannot do: Netty's channels, over an abstract Unix socket that
 * has no file and no port and is gone when this is over.
 */
final class NettyRehearsal {

    private static final int CHUNK = 48 * 1024;
    private static final int CHUNKS = 20;
    private static final long PATIENCE_SECONDS = 1;

    private NettyRehearsal() {}

    static void run(long nonce) throws InterruptedException {
        if (!Epoll.isAvailable()) {
            return;
        }
        LocalAddresses.SYSTEM.sibling(InetAddress.getLoopbackAddress(), IpFamily.IPV6);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("herald-bgp-rehearsal", true), EpollIoHandler.newFactory());
        // A group that shuts down forgets some of the accepted ones.
        ChannelGroup channels = new DefaultChannelGroup(group.next(), true);
        try {
            new EpollSocketChannel().unsafe().closeForcibly();
            exchange(
                    group,
                    channels,
                    new DomainSocketAddress(
                            "\0herald-bgp-" + ProcessHandle.current().pid() + "-" + nonce));
        } finally {
            channels.close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }

    private static void exchange(EventLoopGroup group, ChannelGroup channels, DomainSocketAddress address)
            throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(CHUNK * CHUNKS);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        NettyWire wire = new NettyWire(channel, null);
                        wire.listener(new Counter(heard));
                        channel.pipeline().addLast(wire);
                    }
                })
                .bind(address)
                .awaitUninterruptibly()
                .channel();
        channels.add(server);
        NettyWire wire = new NettyWire(new Counter(heard));
        Channel caller = new Bootstrap()
                .group(group)
                .channel(EpollDomainSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .handler(wire)
                .connect(address)
                .awaitUninterruptibly()
                .channel();
        channels.add(caller);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        group.next().execute(() -> {
            for (int i = 0; i < CHUNKS && caller.isActive(); i++) {
                wire.write(chunk.duplicate());
                wire.flush();
            }
        });
        heard.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Counts what arrives. */
    private record Counter(CountDownLatch heard) implements WireListener {
        @Override
        public void connected(Wire wire) {
            // Nothing is to be said first.
        }

        @Override
        public void received(ByteBuffer bytes) {
            for (int i = 0; i < bytes.remaining(); i++) {
                heard.countDown();
            }
        }

        @Override
        public void writable() {
            // Everything was queued already.
        }

        @Override
        public void failed(String reason) {
            // The count tells.
        }
    }
}
