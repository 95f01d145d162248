/**
 * Bidirectional forwarding detection (RFC 5880) as a whiteboard: whoever wants a session registers a
 * {@link org.heraldlb.api.bfd.BfdSessionRequest}; a request without a BFD bundle simply waits.
 */
@Export
@Version("1.1.0")
package org.heraldlb.api.bfd;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
