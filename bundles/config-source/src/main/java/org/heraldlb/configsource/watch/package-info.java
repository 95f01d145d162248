/** The source itself: one loop that lists the configurations whenever one of them has changed. */
package org.heraldlb.configsource.watch;
