/** The shells that Declarative Services sees. */
package org.heraldlb.hostlinux.internal;
