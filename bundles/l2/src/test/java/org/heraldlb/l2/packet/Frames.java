package org.heraldlb.l2.packet;

import java.util.Arrays;
import java.util.HexFormat;

/** Frames from captures, and ways to spoil them. */
public final class Frames {

    /** {@code arping}: 02:00:00:00:00:01 at 192.0.2.1 asks everybody who has 192.0.2.100. */
    public static final String ARP_REQUEST = """
            ffffffffffff 020000000001 0806
            0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000264""";

    /**
     * {@code ndisc6}: 02:00:00:00:00:01 at fd96::50 asks who has fd96::100. As captured; the checksum is the kernel's.
     */
    public static final String SOLICITATION = """
            3333ff000100 da d4 75 56 1c a3 86dd
            60 000000 0020 3a ff fe80000000000000d8d475fffe561ca3 ff0200000000000000000001ff000100
            87 00 0000 00000000 fd960000000000000000000000000100 01 01 dad475561ca3""";

    /** 192.0.2.1 at 02:00:00:00:00:01 pings 192.0.2.100 at 02:00:00:00:00:02. */
    private static final String PING = """
            020000000002020000000001080045000020111140003f01a666c0000201c0000264080021041234000161626364""";

    private static final String PONG = """
            020000000001020000000002080045000020111140004001a566c0000264c0000201000029041234000161626364""";

    /** fd96::50 pings fd96::100; five bytes of data. */
    private static final String PING6 = """
            02000000000202000000000186dd60000000000d3a3ffd960000000000000000000000000050fd960000000000000000
            0000000001008000473e123400016162636465""";

    private Frames() {}

    public static byte[] ping() {
        return bytes(PING);
    }

    /** The answer to {@link #ping()}. */
    public static byte[] pong() {
        return bytes(PONG);
    }

    public static byte[] ping6() {
        return bytes(PING6);
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public static byte[] arpRequest() {
        return bytes(ARP_REQUEST);
    }

    /** With a right checksum. */
    public static byte[] solicitation() {
        return sealed(bytes(SOLICITATION));
    }

    /** A copy with other bytes from {@code at} on. */
    public static byte[] with(byte[] frame, int at, String hex) {
        byte[] copy = frame.clone();
        byte[] other = bytes(hex);
        System.arraycopy(other, 0, copy, at, other.length);
        return copy;
    }

    public static byte[] resized(byte[] frame, int length) {
        return Arrays.copyOf(frame, length);
    }

    /** With an IEEE 802.1Q tag. */
    public static byte[] tagged(byte[] frame) {
        byte[] out = new byte[frame.length + 4];
        System.arraycopy(frame, 0, out, 0, 12);
        System.arraycopy(bytes("81000064"), 0, out, 12, 4);
        System.arraycopy(frame, 12, out, 16, frame.length - 12);
        return out;
    }

    /** A copy whose ICMPv6 checksum is right, computed in another way than the code under test does. */
    public static byte[] sealed(byte[] frame) {
        byte[] copy = frame.clone();
        copy[56] = 0;
        copy[57] = 0;
        int payload = (copy[18] & 0xff) << 8 | copy[19] & 0xff;
        int sum = sum(copy, 22, 54) + payload + 58 + sum(copy, 54, Math.min(54 + payload, copy.length));
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        copy[56] = (byte) (~sum >> 8);
        copy[57] = (byte) ~sum;
        return copy;
    }

    private static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at++) {
            sum += (at - from) % 2 == 0 ? (bytes[at] & 0xff) << 8 : bytes[at] & 0xff;
        }
        return sum;
    }
}
