/** What Declarative Services waits for, in words. */
@Export
@Version("1.0.0")
package org.heraldlb.view.components;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
