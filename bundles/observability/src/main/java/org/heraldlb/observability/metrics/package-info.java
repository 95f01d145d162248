/** A snapshot as Prometheus text. Pure. */
package org.heraldlb.observability.metrics;
