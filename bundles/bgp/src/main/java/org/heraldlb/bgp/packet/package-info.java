/**
 * BGP messages as values and as bytes: RFC 4271 section 4 and its extensions. Pure: no sockets, no clock.
 *
 * <p>Decoding reads within bounds only, keeps what it does not know as a value, and fails in one way:
 * {@link org.heraldlb.bgp.packet.BgpException}, which holds the NOTIFICATION to answer with. Errors in path attributes do
 * not fail: RFC 7606 says what becomes of them, and {@link org.heraldlb.bgp.packet.Update#faults()} lists them.
 */
package org.heraldlb.bgp.packet;
