/**
 * What the operator wants: the documents of MetalLB's dialect and of Kubernetes core, as values.
 * References between objects are by name and unresolved here; {@code manifest} checks them, {@code core} resolves them.
 */
@Export
@Version("1.1.0")
package org.heraldlb.api.intent;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
