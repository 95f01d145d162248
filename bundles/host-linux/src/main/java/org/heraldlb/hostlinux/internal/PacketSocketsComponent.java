package org.heraldlb.hostlinux.internal;

import java.io.IOException;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.hostlinux.packet.LinuxPacketSockets;
import org.heraldlb.hostlinux.packet.PacketIo;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Offers {@link PacketSockets}. */
@Component(service = PacketSockets.class, configurationPid = HostConfig.PID)
@Designate(ocd = HostConfig.class)
public final class PacketSocketsComponent implements PacketSockets {

    private final LinuxPacketSockets sockets;

    @Activate
    public PacketSocketsComponent(HostConfig config) {
        sockets = new LinuxPacketSockets(PacketIo.parse(config.packet_io()), Ticker.SYSTEM);
    }

    @Override
    public FrameSocket open(Link link, FrameFilter filter, FrameListener listener) throws IOException {
        return sockets.open(link, filter, listener);
    }
}
