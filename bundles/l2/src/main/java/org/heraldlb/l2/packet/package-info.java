/** Frames of ARP and neighbour discovery: bytes to fields and back. Pure; any bytes are fine; nothing is allocated. */
package org.heraldlb.l2.packet;
