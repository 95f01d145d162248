/**
 * What this node answers for on the local link (ARP, RFC 826; NDP, RFC 4861).
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.l2;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
