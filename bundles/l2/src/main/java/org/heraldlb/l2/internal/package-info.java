/** The shell that Declarative Services sees. */
package org.heraldlb.l2.internal;
