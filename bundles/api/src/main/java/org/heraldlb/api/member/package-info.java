/**
 * Which nodes run Herald and are alive.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.member;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
