package org.heraldlb.api.member;

import org.heraldlb.api.SnapshotSource;

/**
 * Which nodes run Herald and are alive. Where none is registered, or it says {@link MemberSnapshot#ALONE}, all known nodes
 * count as alive, as in MetalLB.
 */
public interface Membership extends SnapshotSource<MemberSnapshot> {

    /** Asked by announcers before each reply. The same object as long as this service lives. */
    AnswerLease lease();
}
