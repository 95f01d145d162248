/**
 * The whole state of one node as one immutable snapshot: the only thing that shell, metrics, health and
 * status writers read.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.system;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
