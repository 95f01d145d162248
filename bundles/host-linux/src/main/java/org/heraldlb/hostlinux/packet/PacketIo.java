package org.heraldlb.hostlinux.packet;

/** How frames get in and out. */
public enum PacketIo {
    /** packet(7) without a library in between. */
    SOCKET,
    /** libpcap by pcap4j. */
    PCAP;

    /** @throws IllegalArgumentException when {@code text} is neither {@code socket} nor {@code pcap} */
    public static PacketIo parse(String text) {
        return switch (text.trim()) {
            case "socket" -> SOCKET;
            case "pcap" -> PCAP;
            default -> throw new IllegalArgumentException("packet.io is socket or pcap, not \"" + text + "\"");
        };
    }
}
