package org.heraldlb.api.system;

import org.heraldlb.api.SnapshotSource;

/** The one thing to read for shell, metrics, health, REST and status writers. */
public interface SystemView extends SnapshotSource<SystemSnapshot> {}
