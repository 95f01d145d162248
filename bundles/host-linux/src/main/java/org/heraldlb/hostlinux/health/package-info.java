/**
 * Health checks of processes on this node: one loop that decides when to try and what results mean, and a prober that
 * does the trying on one thread for all connections.
 */
package org.heraldlb.hostlinux.health;
