/** The speaker as an OSGi component. */
package org.heraldlb.bgp.internal;
