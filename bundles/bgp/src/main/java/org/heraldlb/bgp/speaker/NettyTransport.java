package org.heraldlb.bgp.speaker;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.Ticker;

/** Wires over Netty: the kernel's epoll where its library loads, else the JDK's channels without their features. */
public final class NettyTransport implements Transport {

    /** Thousands of peers may come back in one moment; the kernel caps it at net.core.somaxconn, and what is beyond waits a second. */
    private static final int BACKLOG = 4096;

    private static final int TOS_NETWORK_CONTROL = 0xc0;
    private static final int CONNECT_LIMIT_MILLIS = (int) TimeUnit.MINUTES.toMillis(20);
    /** Chunks are 64 KiB: two are queued, and the next comes when less than one is left. */
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(48 * 1024, 128 * 1024);

    /**
     * Sessions are idle as a rule and what they write is encoded already, so a pool would only be kept; and Netty's pools
     * start the flight recorder with their first buffer, which delays the first session by a quarter of a second (ADR 0054).
     */
    private static final ByteBufAllocator BUFFERS = UnpooledByteBufAllocator.DEFAULT;

    private static final Listener NOWHERE = new Listener() {
        @Override
        public void expect(Collection<Endpoint> peers) {
            // Nobody comes.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private final boolean epoll;
    private final String description;
    private final EventLoopGroup group;
    private final NettyLoop loop;

    private NettyTransport(boolean epoll, String description, Ticker ticker) {
        this.epoll = epoll;
        this.description = description;
        group = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("herald-bgp", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loop = new NettyLoop(group.next(), ticker);
    }

    /** The best that this machine can do. */
    public static NettyTransport best(Ticker ticker) {
        return Epoll.isAvailable() ? new NettyTransport(true, "epoll", ticker) : nio(ticker, reason());
    }

    private static String reason() {
        Throwable cause = Epoll.unavailabilityCause();
        return "epoll is not available: " + (cause == null ? "unknown" : cause.getMessage());
    }

    /** The JDK's channels, whatever the machine can do. */
    public static NettyTransport nio(Ticker ticker, String why) {
        return new NettyTransport(false, "nio (" + why + ")", ticker);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public Set<Feature> missing() {
        return epoll ? Set.of() : EnumSet.allOf(Feature.class);
    }

    @Override
    public Wire dial(Endpoint endpoint, WireListener listener) {
        NettyWire wire = new NettyWire(listener);
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, BUFFERS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                // A write that fails must not cost us the NOTIFICATION that is still to be read.
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MILLIS)
                .handler(wire);
        if (epoll) {
            bootstrap.option(ChannelOption.IP_TOS, TOS_NETWORK_CONTROL);
            SocketOptions.dial(bootstrap, endpoint);
        }
        InetSocketAddress source = endpoint.source()
                .map(address -> new InetSocketAddress(address.toInetAddress(), 0))
                .orElse(null);
        ChannelFuture attempt =
                source == null ? bootstrap.connect(endpoint.remote()) : bootstrap.connect(endpoint.remote(), source);
        attempt.addListener(done -> {
            if (!attempt.isSuccess()) {
                loop.execute(() -> wire.failed(attempt.cause()));
            }
        });
        return wire;
    }

    @Override
    public Listener listen(int port, Optional<String> device, Acceptor acceptor, Consumer<String> failed) {
        // Netty only logs an option that cannot be set, and would go on without the device.
        if (device.isPresent() && SocketOptions.isAbsent(device.get())) {
            loop.execute(() -> failed.accept("no device " + device.get()));
            return NOWHERE;
        }
        Class<? extends ServerChannel> kind = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(kind)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, BUFFERS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .childOption(ChannelOption.AUTO_CLOSE, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, acceptor);
                    }
                });
        if (epoll) {
            device.ifPresent(name -> SocketOptions.listen(bootstrap, name));
        }
        ChannelFuture bound = bootstrap.bind(port);
        bound.addListener(done -> {
            if (!bound.isSuccess()) {
                loop.execute(() -> failed.accept(bound.cause().getMessage()));
            }
        });
        return new NettyListener(bound.channel());
    }

    private void accept(Channel channel, Acceptor acceptor) {
        NettyWire wire = new NettyWire(channel, null);
        Optional<Accepted> accepted = channel.remoteAddress() == null ? Optional.empty() : acceptor.accept(wire);
        if (accepted.isEmpty()) {
            refuse(channel);
            return;
        }
        if (epoll) {
            channel.config().setOption(ChannelOption.IP_TOS, TOS_NETWORK_CONTROL);
            SocketOptions.accepted(accepted.get().endpoint())
                    .forEach((option, value) -> channel.config().setOption(option, value));
        }
        wire.listener(accepted.get().listener());
        channel.pipeline().addLast(wire);
    }

    /** With a reset, so that nothing lingers here. */
    private static void refuse(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().closeForcibly();
    }

    /** The listening channel. */
    private final class NettyListener implements Listener {
        private final Channel channel;

        private NettyListener(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void expect(Collection<Endpoint> peers) {
            if (epoll) {
                channel.config().setOption(EpollChannelOption.TCP_MD5SIG, SocketOptions.keys(peers));
            }
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    @Override
    public void close() {
        loop.close();
        // A group that shuts down closes its channels before it runs what was posted: farewells would be lost.
        if (!group.isShuttingDown()) {
            group.next().submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
