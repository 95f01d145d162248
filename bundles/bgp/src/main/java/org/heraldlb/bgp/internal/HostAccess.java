package org.heraldlb.bgp.internal;

import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What unnumbered peers need of the host, as one service of this bundle: there when both are there. */
@Component(service = HostAccess.class)
public final class HostAccess {

    private final PacketSockets sockets;
    private final LinkMonitor links;

    @Activate
    public HostAccess(@Reference PacketSockets sockets, @Reference LinkMonitor links) {
        this.sockets = sockets;
        this.links = links;
    }

    PacketSockets sockets() {
        return sockets;
    }

    LinkMonitor links() {
        return links;
    }
}
