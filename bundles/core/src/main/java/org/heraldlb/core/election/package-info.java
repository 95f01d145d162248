/**
 * Who owns an address on the link: MetalLB's order of nodes, and what Herald may put before it. Pure; every node
 * computes the same from the same input.
 */
package org.heraldlb.core.election;
