/** Allocation as a service; the decisions themselves are in {@code alloc}. */
package org.heraldlb.ipam;
