/** The health checker as a component. */
package org.heraldlb.hostlinux.health.internal;
