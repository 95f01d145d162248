/**
 * Documents in MetalLB's dialect and the values of {@code org.heraldlb.api.intent}, in both directions, with every rule
 * that a document has to keep. Pure: no files, no clock, no log.
 *
 * <pre>
 *   text --Documents.parse--&gt; objects + problems      one document at a time
 *   objects --CrossCheck.check--&gt; accepted + problems  what several documents say together
 *   Intent --Linter.lint--&gt; warnings                   what is allowed, but hardly meant
 *   object --Documents.print--&gt; text
 * </pre>
 */
@Export
@Version("1.0.0")
package org.heraldlb.manifest;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
