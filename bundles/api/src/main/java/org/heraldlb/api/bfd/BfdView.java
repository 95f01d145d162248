package org.heraldlb.api.bfd;

import org.heraldlb.api.SnapshotSource;

/** All BFD sessions of this node, for display and metrics. Refreshed on every state change and once a second. */
public interface BfdView extends SnapshotSource<BfdSnapshot> {}
