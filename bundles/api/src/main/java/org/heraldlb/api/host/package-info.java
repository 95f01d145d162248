/**
 * The operating system, seen through one bundle: links, packet sockets, addresses on interfaces.
 */
@Export
@Version("1.0.0")
package org.heraldlb.api.host;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
