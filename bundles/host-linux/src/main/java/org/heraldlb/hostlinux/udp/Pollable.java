package org.heraldlb.hostlinux.udp;

import org.heraldlb.api.host.UdpSocket;

/** A socket that the poller can watch. */
interface Pollable extends UdpSocket {

    /** Its descriptor. */
    int fd();
}
