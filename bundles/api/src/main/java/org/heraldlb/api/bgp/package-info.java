/**
 * What this node tells its BGP peers (RFC 4271), and what the peers' sessions look like.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.bgp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
