package org.heraldlb.api.ipam;

import org.heraldlb.api.SnapshotSource;

/**
 * Whether this node may give out addresses. Registered by a source that several nodes share and that elects one of them;
 * where none is registered, every node allocates, each with the same result.
 */
public interface AllocationRole extends SnapshotSource<AllocationRole.Role> {

    /** What this node does. */
    enum Role {
        /** Gives out and takes back addresses. */
        ALLOCATE,
        /** Uses the addresses that the source says services hold, and gives out none. */
        FOLLOW
    }

    /** Id of the source whose services this is about; empty: the services of all. Others are allocated by every node. */
    default String source() {
        return "";
    }
}
