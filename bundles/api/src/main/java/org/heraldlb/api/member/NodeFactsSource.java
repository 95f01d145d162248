package org.heraldlb.api.member;

import org.heraldlb.api.SnapshotSource;

/**
 * What this node tells about itself: offered by core, told to the other nodes by whoever does {@link Membership}. It says
 * {@link NodeFacts#NONE} until this node announces what it owns: then what was told before is left as it is, so that a swap
 * of core moves no address, or {@link NodeFacts#ARRIVING} is told, so that others hand over to a node that is ready.
 */
public interface NodeFactsSource extends SnapshotSource<NodeFacts> {}
