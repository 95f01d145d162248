/**
 * Who is alive and what the majority has agreed upon, without sockets, threads and clocks.
 *
 * <p>Every node tells every other node the same few things at a steady interval: a {@link
 * org.heraldlb.membership.protocol.Beat}. Whatever is lost is said again, so nothing waits for an answer. A beat repeats
 * the number of the last beat that its sender heard from the one it goes to; who gets his own number back knows that the
 * other was alive after he sent it ({@link org.heraldlb.membership.protocol.Peer}). Old, repeated and forged beats prove
 * nothing.
 *
 * <p>On top of that: {@link org.heraldlb.membership.protocol.Leadership} (leader, leases, the agreed members), and
 * {@link org.heraldlb.membership.protocol.Wakefulness} (was this process frozen?). {@link
 * org.heraldlb.membership.protocol.Participant} puts them together. It is mutable, but as deterministic as a function of
 * its inputs and the time given to it.
 *
 * <p>Places are addresses of configured nodes, as text; elections use node names, which beats carry.
 */
package org.heraldlb.membership.protocol;
