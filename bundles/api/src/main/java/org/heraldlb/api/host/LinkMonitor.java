package org.heraldlb.api.host;

import org.heraldlb.api.SnapshotSource;

/** The host's interfaces, as they change. */
public interface LinkMonitor extends SnapshotSource<LinkSnapshot> {}
