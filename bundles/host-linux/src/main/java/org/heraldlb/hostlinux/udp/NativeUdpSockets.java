package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpSpec;
import org.osgi.service.component.annotations.Component;

/** {@link UdpSockets} of the Linux kernel. */
@Component(service = UdpSockets.class)
public final class NativeUdpSockets implements UdpSockets {

    @Override
    public UdpSocket open(UdpSpec spec) throws IOException {
        return NativeUdpSocket.open(spec);
    }

    @Override
    public UdpPoller openPoller() throws IOException {
        return new NativePoller();
    }
}
