/** What the results of health checks mean, and what goes over the wire for HTTP. Pure. */
package org.heraldlb.hostlinux.health.verdict;
