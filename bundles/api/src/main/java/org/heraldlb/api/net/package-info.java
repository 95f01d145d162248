/**
 * Network values: addresses, prefixes, ranges, MAC addresses. Immutable, ordered, with canonical text.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.net;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
