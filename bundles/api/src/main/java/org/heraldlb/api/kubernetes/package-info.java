/** The API server of a Kubernetes cluster, for what is neither an intent nor a status. */
@Export
@Version("1.0.0")
package org.heraldlb.api.kubernetes;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
