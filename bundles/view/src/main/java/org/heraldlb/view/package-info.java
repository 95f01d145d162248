/**
 * What people and programs see of a {@link org.heraldlb.api.system.SystemSnapshot}: rows, tables, JSON and the answer to
 * "is it ready". A plain library under the shell and the HTTP door, so that both show the same thing without one importing the
 * other. Pure: no services, threads, clocks or I/O.
 */
@Export
@Version("1.0.0")
package org.heraldlb.view;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
