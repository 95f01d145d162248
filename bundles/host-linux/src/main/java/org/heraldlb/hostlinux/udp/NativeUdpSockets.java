package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.hostlinux.sys.Binding;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** {@link UdpSockets} of the Linux kernel. Immediate, because wills have to outlive the only user there may be. */
@Component(service = UdpSockets.class, immediate = true)
public final class NativeUdpSockets implements UdpSockets {

    private final Wills wills = new Wills();

    @Override
    public boolean leave(UdpWill will, long nanos) {
        wills.leave(will, nanos);
        return true;
    }

    @Override
    public Optional<UdpWill> inherit(String name) {
        return wills.inherit(name);
    }

    @Deactivate
    void stop() {
        wills.close();
    }

    @Override
    public UdpSocket open(UdpSpec spec) throws IOException {
        return NativeUdpSocket.open(spec);
    }

    @Override
    public UdpSocket openLoop(UdpSpec spec) throws IOException {
        return LoopSocket.open(spec);
    }

    @Override
    public boolean forwards(int linkIndex) {
        try (Neighbours neighbours = Neighbours.open()) {
            Path setting = Path.of("/proc/sys/net/ipv4/conf", neighbours.linkName(linkIndex), "forwarding");
            return Files.readString(setting, StandardCharsets.US_ASCII).strip().equals("1");
        } catch (IOException unknown) {
            return false;
        }
    }

    @Override
    public UdpPoller openPoller() throws IOException {
        return new NativePoller();
    }

    @Override
    public void makePunctual(int realTimePriority) throws IOException {
        Binding.hold(UdpCalls.class);
        try {
            punctual(realTimePriority);
        } finally {
            Binding.release(UdpCalls.class);
        }
    }

    private static void punctual(int realTimePriority) throws IOException {
        UdpCalls.prctl(UdpCalls.PR_SET_TIMERSLACK, 1, 0, 0, 0);
        if (realTimePriority > 0) {
            NativeBlock parameter = new NativeBlock(Integer.BYTES);
            parameter.bytes.putInt(0, realTimePriority);
            int policy = UdpCalls.SCHED_FIFO | UdpCalls.SCHED_RESET_ON_FORK;
            if (UdpCalls.sched_setscheduler(0, policy, parameter.address) < 0) {
                throw new IOException("no real-time priority " + realTimePriority
                        + ": grant CAP_SYS_NICE or raise the limit (ulimit -r), or configure 0");
            }
        }
    }
}
