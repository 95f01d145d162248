/** System calls, native memory, descriptors. Structures are those of 64-bit Linux. Nothing here knows what it is for. */
package org.heraldlb.hostlinux.sys;
