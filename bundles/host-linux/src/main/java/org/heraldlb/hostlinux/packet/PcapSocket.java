package org.heraldlb.hostlinux.packet;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.Link;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** libpcap by pcap4j, in immediate mode and with raw bytes: no packet objects. */
final class PcapSocket implements FrameChannel {

    private static final int BUFFER = 1 << 20;
    private static final int NO_TIMEOUT = 0;

    private final PcapHandle handle;

    private PcapSocket(PcapHandle handle) {
        this.handle = handle;
    }

    static PcapSocket open(Link link, FrameFilter filter) throws IOException {
        try {
            PcapHandle handle = new PcapHandle.Builder(link.name())
                    .snaplen(SNAP)
                    .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                    .immediateMode(true)
                    .timeoutMillis(NO_TIMEOUT)
                    .bufferSize(BUFFER)
                    .build();
            handle.setFilter(BpfPrograms.text(filter), BpfCompileMode.OPTIMIZE);
            return new PcapSocket(handle);
        } catch (PcapNativeException | NotOpenException refused) {
            throw new IOException("libpcap refuses " + link.name() + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public int receive(byte[] into) throws IOException {
        try {
            byte[] frame = handle.getNextRawPacketEx();
            int length = Math.min(frame.length, into.length);
            System.arraycopy(frame, 0, into, 0, length);
            return length;
        } catch (TimeoutException | EOFException nothing) {
            return 0;
        } catch (PcapNativeException | NotOpenException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    @Override
    public void send(byte[] frame, int length) throws IOException {
        try {
            handle.sendPacket(frame, length);
        } catch (PcapNativeException | NotOpenException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    @Override
    public void wakeUp() {
        try {
            handle.breakLoop();
        } catch (NotOpenException closed) {
            // Nothing is waiting any more.
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
