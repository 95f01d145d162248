/**
 * The two verbs of Herald. Left of core everything <em>observes</em>: it publishes whole snapshots
 * ({@link org.heraldlb.api.SnapshotSource}). Right of core everything is told to <em>apply</em> a whole plan
 * ({@link org.heraldlb.api.Announcer}) and publishes a whole status. Events only wake loops up; truth moves as
 * immutable values with a generation number.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
