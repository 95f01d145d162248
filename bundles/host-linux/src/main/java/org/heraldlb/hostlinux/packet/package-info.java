/**
 * Raw link-layer sockets. {@code LinuxPacketSockets} opens a {@code FrameChannel} (packet socket or libpcap) and gives it
 * a thread ({@code CaptureSocket}); what arrives is handed to the listener on that thread, and replies leave from inside
 * the call. Nothing on that path allocates with packet sockets.
 */
package org.heraldlb.hostlinux.packet;
