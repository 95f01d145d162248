package org.heraldlb.hostlinux.packet;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.util.Locale;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.runtime.Ticker;

/** {@link PacketSockets} of the Linux kernel, by either {@link PacketIo}. */
public final class LinuxPacketSockets implements PacketSockets {

    private final PacketIo io;
    private final Ticker ticker;

    public LinuxPacketSockets(PacketIo io, Ticker ticker) {
        this.io = io;
        this.ticker = ticker;
    }

    @Override
    public FrameSocket open(Link link, FrameFilter filter, FrameListener listener) throws IOException {
        FrameChannel channel = io == PacketIo.PCAP ? openPcap(link, filter) : RawSocket.open(link, filter);
        CaptureSocket socket = new CaptureSocket(link, channel, listener, ticker);
        String protocol = filter == FrameFilter.ARP ? "arp" : filter.name().toLowerCase(Locale.ROOT);
        socket.start("herald-" + protocol + "-" + link.name());
        return socket;
    }

    /** Looks for the library first: a class of pcap4j that failed to load once would fail for ever. */
    private static FrameChannel openPcap(Link link, FrameFilter filter) throws IOException {
        try {
            NativeLibrary.getInstance("pcap");
        } catch (UnsatisfiedLinkError missing) {
            throw new IOException(
                    "libpcap is missing: install it (Debian: libpcap0.8) or set packet.io=socket in"
                            + " org.heraldlb.hostlinux",
                    missing);
        }
        return PcapSocket.open(link, filter);
    }
}
