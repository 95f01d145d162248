/** The OSGi shell of the membership. */
package org.heraldlb.membership.internal;
