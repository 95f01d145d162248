package org.heraldlb.api;

/** A whole desired state for one kind of announcer on one node. Equal plans mean equal behaviour on the wire. */
public interface Plan {

    /** The generation of the {@code SystemSnapshot} that this plan belongs to; grows, never negative. */
    long generation();

    /** The node that is to carry this plan out. */
    String node();
}
