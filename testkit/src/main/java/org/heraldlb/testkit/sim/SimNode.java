package org.heraldlb.testkit.sim;

/**
 * A node in a {@link SimNetwork}. Times are on its own clock, which may run faster or slower than the true one.
 *
 * @param <M> what nodes send each other
 */
public interface SimNode<M> {

    /** A message came in. */
    void receive(M message, long nowNanos);

    /** Time has passed, at {@link #deadline()} or later. */
    void wake(long nowNanos);

    /** When to call {@link #wake} next; asked after each event of this node. */
    long deadline();
}
