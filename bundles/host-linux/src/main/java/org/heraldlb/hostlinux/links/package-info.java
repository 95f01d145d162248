/** The host's interfaces, by notification of the kernel and by looking again now and then. */
package org.heraldlb.hostlinux.links;
