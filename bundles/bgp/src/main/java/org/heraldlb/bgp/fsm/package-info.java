/**
 * The finite state machine of RFC 4271 section 8, without sockets, threads or clocks: events in, effects out, time as an
 * argument.
 *
 * <p>{@link org.heraldlb.bgp.fsm.Fsm} is the machine of one TCP connection, transition by transition as section 8.2.2
 * has them. {@link org.heraldlb.bgp.fsm.PeerMachine} holds the machines of one peer: that of the connection we dial, and
 * those of connections the peer dialled, and decides which survives (section 6.8, RFC 4724 section 4.2).
 */
package org.heraldlb.bgp.fsm;
