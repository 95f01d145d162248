/** Which interfaces carry which announcements, and why not. Pure. */
package org.heraldlb.l2.selection;
