/** The OSGi shell of BFD: the whiteboard, and nothing else. */
package org.heraldlb.bfd.internal;
