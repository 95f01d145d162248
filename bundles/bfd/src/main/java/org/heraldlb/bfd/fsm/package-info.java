/**
 * The BFD session of RFC 5880 section 6.8, without sockets and clocks.
 *
 * <p>{@link org.heraldlb.bfd.fsm.BfdSession} is mutable, because its steady state must not allocate, but it is as
 * deterministic as a function: what it does depends on its inputs, the time given to it and the random numbers given to
 * it, and on nothing else. Everything that it wants done goes to {@link org.heraldlb.bfd.fsm.SessionEffects}.
 */
package org.heraldlb.bfd.fsm;
