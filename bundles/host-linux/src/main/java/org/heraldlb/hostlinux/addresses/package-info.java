/** Service addresses on the host's own interfaces, each with a lifetime. */
package org.heraldlb.hostlinux.addresses;
