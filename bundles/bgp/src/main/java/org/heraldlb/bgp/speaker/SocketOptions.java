package org.heraldlb.bgp.speaker;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Linux socket options of a BGP connection, by their kernel numbers. */
final class SocketOptions {

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int SOL_SOCKET = 1;
    private static final int IFNAMSIZ = 16;

    private static final IntegerUnixChannelOption IP_TTL = new IntegerUnixChannelOption("IP_TTL", IPPROTO_IP, 2);
    private static final IntegerUnixChannelOption IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", IPPROTO_IP, 21);
    private static final IntegerUnixChannelOption IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", IPPROTO_IPV6, 16);
    private static final IntegerUnixChannelOption IPV6_MINHOPCOUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", IPPROTO_IPV6, 73);
    private static final RawUnixChannelOption SO_BINDTODEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, 25, IFNAMSIZ);

    private SocketOptions() {}

    static void dial(Bootstrap bootstrap, Endpoint endpoint) {
        boolean v6 = endpoint.remote().getAddress() instanceof Inet6Address;
        endpoint.ttl().ifPresent(ttl -> bootstrap.option(v6 ? IPV6_UNICAST_HOPS : IP_TTL, ttl));
        endpoint.minTtl().ifPresent(ttl -> bootstrap.option(v6 ? IPV6_MINHOPCOUNT : IP_MINTTL, ttl));
        endpoint.device().ifPresent(name -> bootstrap.option(SO_BINDTODEVICE, deviceName(name)));
        Map<InetAddress, byte[]> keys = keys(java.util.List.of(endpoint));
        if (!keys.isEmpty()) {
            bootstrap.option(EpollChannelOption.TCP_MD5SIG, keys);
        }
    }

    static boolean isAbsent(String device) {
        try {
            return NetworkInterface.getByName(device) == null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    static void listen(ServerBootstrap bootstrap, String device) {
        bootstrap.option(SO_BINDTODEVICE, deviceName(device));
    }

    private static ByteBuffer deviceName(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer padded = ByteBuffer.allocate(IFNAMSIZ);
        return padded.put(text, 0, Math.min(text.length, IFNAMSIZ - 1)).position(0);
    }

    /** For a socket that was accepted: the TTL of the one peer it serves. Each call may fail quietly on a dead socket. */
    static Map<ChannelOption<Integer>, Integer> accepted(Endpoint endpoint) {
        boolean v6 = endpoint.remote().getAddress() instanceof Inet6Address;
        Map<ChannelOption<Integer>, Integer> options = new HashMap<>();
        endpoint.ttl().ifPresent(ttl -> options.put(v6 ? IPV6_UNICAST_HOPS : IP_TTL, ttl));
        endpoint.minTtl().ifPresent(ttl -> options.put(v6 ? IPV6_MINHOPCOUNT : IP_MINTTL, ttl));
        return options;
    }

    /** MD5 keys by peer. */
    static Map<InetAddress, byte[]> keys(Collection<Endpoint> endpoints) {
        Map<InetAddress, byte[]> keys = new HashMap<>();
        endpoints.forEach(endpoint -> endpoint.password()
                .ifPresent(secret -> keys.putIfAbsent(
                        endpoint.remote().getAddress(), secret.reveal().getBytes(StandardCharsets.UTF_8))));
        return keys;
    }
}
