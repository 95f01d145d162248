/**
 * UDP sockets with the control data that the JDK's channels hide: hop limits both ways, arrival interface. System calls
 * go through JNA's direct mapping with memory that is laid out once, so that sending and receiving allocate nothing.
 * Structures are those of 64-bit Linux.
 */
package org.heraldlb.hostlinux.udp;
