/** Paths, responses and the server that joins them. */
package org.heraldlb.observability.http;
