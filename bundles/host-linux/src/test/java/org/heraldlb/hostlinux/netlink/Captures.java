package org.heraldlb.hostlinux.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Answers of a little-endian kernel (6.18) to two dumps, in a namespace with {@code lo}, a bridge {@code br0}, and a veth
 * pair of which {@code eth1} is the bridge's; one datagram to a paragraph.
 */
public final class Captures {

    private Captures() {}

    public static List<byte[]> datagrams(String name) {
        try (InputStream in = Captures.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.trim().split("\n\n"))
                    .map(paragraph -> HexFormat.of().parseHex(paragraph.replaceAll("\\s", "")))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static ByteBuffer buffer(byte[] datagram) {
        return ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static List<NetlinkMessage> messages(String... names) {
        List<NetlinkMessage> all = new ArrayList<>();
        for (String name : names) {
            datagrams(name).forEach(datagram -> all.addAll(NetlinkReader.read(buffer(datagram))));
        }
        return all;
    }
}
