package org.heraldlb.api.member;

import org.heraldlb.api.SnapshotSource;

/** What this node tells about itself: offered by core, told to the other nodes by whoever does {@link Membership}. */
public interface NodeFactsSource extends SnapshotSource<NodeFacts> {}
