/**
 * The speaker: sockets, one loop, and the effects of the pure packages.
 *
 * <pre>
 *   apply(plan) --post--> Speaker --one each--> PeerSession --Event--> fsm.PeerMachine
 *                            ^                     |  ^                      |
 *             accepted wires |                     |  +------ Effects -------+
 *                        Transport &lt;--- Wire ------+-- pump &lt;-- rib.AdjRibOut (shared batches)
 *                       (Netty epoll, or NIO)
 * </pre>
 *
 * <p>Everything in the picture runs on the transport's loop. Status is put together on a thread of its own, from
 * immutable parts, because a plan of a million routes makes a status of a million entries.
 */
package org.heraldlb.bgp.speaker;
