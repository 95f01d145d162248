/** rtnetlink(7): bytes to values and back. Pure. */
package org.heraldlb.hostlinux.netlink;
