/** The announcer as an OSGi component. */
package org.heraldlb.frr.internal;
