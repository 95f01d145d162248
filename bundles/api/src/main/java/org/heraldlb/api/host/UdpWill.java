package org.heraldlb.api.host;

import java.nio.ByteBuffer;
import org.heraldlb.api.net.IpAddress;

/**
 * A socket that outlives its user for a moment, with what a successor needs to go on where that user stopped.
 *
 * @param name under which the successor asks for it
 * @param socket open; the successor's from the moment it inherits
 * @param state for the successor alone
 * @param last is sent, and the socket closed, when nobody came in time: between a direct buffer's position and limit
 * @param to where {@code last} goes, as in {@link UdpSocket#send}
 * @param scope the same
 * @param port the same
 */
public record UdpWill(
        String name, UdpSocket socket, ByteBuffer state, ByteBuffer last, IpAddress to, int scope, int port) {}
