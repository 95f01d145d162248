/**
 * Allocation of addresses to services: a pure function offered as a service.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.ipam;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
