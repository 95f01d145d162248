/**
 * Plain building blocks for bundles that own a loop: the loop itself, time, back-off, differences, snapshot cells. The
 * only place in Herald that reads a clock or holds a lock.
 */
@Export
@Version("1.0.0")
package org.heraldlb.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
